import type { Language } from './words';

/** What the page about the policy says around the policy itself. */
export interface PolicyWords {
  readonly retention: string;
  readonly kept: string;
  readonly permitted: string;
  readonly prohibited: string;
  readonly networks: string;
  readonly published: string;
  readonly data: string;
  readonly reports: string;
  /** The policy's own sentences, which are generated in English; one that is not here is shown as it is. */
  readonly sentences: Readonly<Record<string, string>>;
}

export const policyWordsOf: Readonly<Record<Language, PolicyWords>> = {
  en: {
    retention: 'How long data is kept',
    kept: 'Nothing that the readers collect is kept for more than {days} days.',
    permitted: 'What it may be used for',
    prohibited: 'What it may not be used for',
    networks: 'Whose cameras',
    published: 'Published {time} from the configuration that the system runs on.',
    data: 'The same as data (JSON)',
    reports: 'Monthly reports',
    sentences: {},
  },
  es: {
    retention: 'Cuánto tiempo se guardan los datos',
    kept: 'Nada de lo que recogen los lectores se guarda más de {days} días.',
    permitted: 'Para qué se pueden usar',
    prohibited: 'Para qué no se pueden usar',
    networks: 'De quién son las cámaras',
    published: 'Publicado el {time} a partir de la configuración con la que funciona el sistema.',
    data: 'Los mismos datos (JSON)',
    reports: 'Informes mensuales',
    sentences: {
      'Investigation of felony-level crimes': 'Investigación de delitos graves',
      'Investigation of crimes against persons': 'Investigación de delitos contra las personas',
      'Hit-and-run motor vehicle accidents': 'Accidentes de tráfico con fuga',
      'Persons with active arrest warrants': 'Personas con una orden de arresto vigente',
      'Missing persons': 'Personas desaparecidas',
      'In exigent circumstances another law-enforcement purpose may be named; it needs a written justification (Policy-B).':
        'En circunstancias urgentes se puede indicar otro fin policial; necesita una justificación escrita (Policy-B).',
      'ALPR data is never sold, monetised or used commercially (Storage-G).':
        'Los datos de los lectores nunca se venden, se monetizan ni se usan con fines comerciales (Storage-G).',
      'Immigration enforcement': 'Control de la inmigración',
      Towing: 'Remolque de vehículos',
      'Enforcement of city ordinances': 'Aplicación de ordenanzas municipales',
      'Minor traffic enforcement': 'Infracciones de tráfico leves',
      'Religious, political or social views or activities, or taking part in a lawful event':
        'Opiniones o actividades religiosas, políticas o sociales, o la participación en un acto lícito',
      'Race, ethnicity, citizenship, age, disability, gender, gender identity, sexual orientation or another class protected by law':
        'Raza, etnia, ciudadanía, edad, discapacidad, género, identidad de género, orientación sexual u otra clase protegida por la ley',
      'Reproductive or other lawful health care (625 ILCS 5/2-130)':
        'Atención sanitaria reproductiva u otra atención sanitaria lícita (625 ILCS 5/2-130)',
      'Mass downloading': 'Descarga masiva',
      'Sharing with any commercial, contracted or private entity':
        'Compartir con cualquier entidad comercial, contratada o privada',
    },
  },
};
