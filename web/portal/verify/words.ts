export const verifyLanguages = ['en', 'es'] as const;
export type VerifyLanguage = (typeof verifyLanguages)[number];

/** File names of the page, by language. */
export const verifyPages = { en: 'verify.html', es: 'verificar.html' } as const;

/** Every word of the page; `{a}`, `{b}` and `{name}` are filled in. */
export const verifyWords = {
  en: {
    title: 'Check the audit log yourself',
    intro:
      'Every use of the license plate readers is an event in a log that cannot be altered unseen. Each day its checkpoint is published. Keep one: with a later one and the days between, this page proves that nothing that it covers was changed or removed since. Your files do not leave this device.',
    key: 'Key of the log',
    keyHelp: 'Take it from somebody you trust to know it. The department publishes it at',
    witnesses: 'Keys of witnesses, one a line (not needed)',
    files: 'Files: checkpoints, days, proofs and the events that they prove',
    days: 'The published days',
    check: 'Check',
    result: 'Result',
    other: 'Español',
    skip: 'Skip to content',
    noScript:
      'This page checks signatures by script, which is off. The same check runs with: npm run verify:log -- files',
    noKey: 'This is not a key. A key has three parts, joined by +.',
    unable: 'This browser cannot check Ed25519 signatures. Use a newer one, or: npm run verify:log -- files',
    noFiles: 'Choose files first.',
    proven: 'Proven',
    unproven: 'Not known',
    wrong: 'Not proven',
    signed: '{name} is the signed checkpoint of {a} events. Cosigned by: {b}.',
    nobody: 'no witness that you named',
    continues: 'The first {a} of {b} events stand as they did.',
    included: '{name}: the event is number {a} of the log of {b} events, word for word.',
    unlinked: 'No file says whether the log of {b} events continues that of {a}. Add the days between.',
  },
  es: {
    title: 'Compruebe usted el registro de auditoría',
    intro:
      'Cada uso de los lectores de placas es un evento en un registro que no se puede alterar sin que se note. Cada día se publica su punto de control. Guarde uno: con otro posterior y los días entre ambos, esta página prueba que nada de lo que abarca se cambió ni se quitó desde entonces. Sus archivos no salen de este dispositivo.',
    key: 'Clave del registro',
    keyHelp: 'Obténgala de alguien en quien confíe. El departamento la publica en',
    witnesses: 'Claves de testigos, una por línea (no es necesario)',
    files: 'Archivos: puntos de control, días, pruebas y los eventos que prueban',
    days: 'Los días publicados',
    check: 'Comprobar',
    result: 'Resultado',
    other: 'English',
    skip: 'Ir al contenido',
    noScript:
      'Esta página comprueba las firmas con un script, que está desactivado. La misma comprobación: npm run verify:log -- files',
    noKey: 'Esto no es una clave. Una clave tiene tres partes unidas por +.',
    unable:
      'Este navegador no puede comprobar firmas Ed25519. Use uno más nuevo o: npm run verify:log -- files',
    noFiles: 'Primero elija archivos.',
    proven: 'Probado',
    unproven: 'No se sabe',
    wrong: 'No probado',
    signed: '{name} es el punto de control firmado de {a} eventos. Cofirmado por: {b}.',
    nobody: 'ningún testigo que usted haya nombrado',
    continues: 'Los primeros {a} de {b} eventos están como estaban.',
    included: '{name}: el evento es el número {a} del registro de {b} eventos, palabra por palabra.',
    unlinked:
      'Ningún archivo dice si el registro de {b} eventos continúa el de {a}. Agregue los días entre ambos.',
  },
} as const satisfies Record<VerifyLanguage, Record<string, string>>;

export type VerifyWord = keyof (typeof verifyWords)['en'];
