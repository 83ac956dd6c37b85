/** The clauses of the department's policy, by the policy's own lettering, in our words. */
export const clauses: Readonly<Record<string, string>> = {
  Def: 'A reader and its system read plates and index them for search, in full or in part.',
  'Policy-A': 'Law-enforcement purposes only.',
  'Policy-B':
    'Felonies, crimes against persons, hit-and-run, active arrest warrants, missing persons; otherwise only in exigent circumstances.',
  'Policy-C': 'No use for ordinance enforcement, towing or immigration enforcement.',
  'Policy-D': 'The Chief or a designee administers the system.',
  'Policy-E':
    'Fixed sites are analysed by CIAU and approved by the Chief or a designee; patrol cars read daily.',
  'Policy-F': 'An alert alone is no ground to detain.',
  'Policy-G': 'Every alert is verified before enforcement.',
  'Policy-H.a': 'The custom hot list is confidential.',
  'Policy-H.b': 'Only Criminal Investigations and the named task force use it.',
  'Policy-H.c': 'An entry states the reasonable suspicion.',
  'Policy-H.d':
    'A lieutenant of Criminal Investigations or Street Crimes approves an entry before it matches.',
  'Policy-H.e': 'Complete plates only.',
  'Policy-H.f': 'An entry ends within 30 days; a commander’s with the shift.',
  'Policy-H.g': 'An invalid entry is removed at once.',
  'Policy-H.h': 'No entry for another jurisdiction’s crime, unless it is a joint investigation.',
  'Policy-I': 'A neighbouring police department is notified before enforcement in its city.',
  'Access-A': 'No search based on religion, politics, participation in lawful events or a protected class.',
  'Access-B': 'No discriminatory targeting; general effectiveness figures may be released.',
  'Access-C':
    'Named accounts for supervisors, officers, dispatchers and analysts; access ends with employment.',
  'Access-D': 'How far each role’s searches reach.',
  'Access-D.1': 'Dispatchers search the local networks only.',
  'Access-D.2': 'Officers search the department’s network and those of agencies that agreed to share.',
  'Access-D.3': 'Detectives and analysts search as officers do and use the custom hot list.',
  'Access-E':
    'Every investigative query carries a case number, a CAD number or a descriptive phrase, on record.',
  'Access-F': 'No release outside law enforcement unless the law or the policy says so.',
  'Access-G':
    'The phone application runs on department phones, for sworn officers and CIAU; no live alerts off duty.',
  'Storage-A': 'Nothing collected is kept over 30 days; no mass download.',
  'Storage-B': 'Encrypted; records downloaded for a case become evidence.',
  'Storage-C': 'Outside agencies’ individual queries, the department’s own records only.',
  'Storage-D': 'No sharing with commercial, contracted or private entities.',
  'Storage-E':
    'Electronic sharing with in-state agencies only; never for health care or immigration purposes (625 ILCS 5/2-130).',
  'Storage-F': 'No electronic sharing with federal agencies, absent exigent circumstances.',
  'Storage-G': 'Never sold or used commercially.',
  Training: 'Trained before access.',
  'Acct-A': 'A monthly user audit by the administrator, and anonymised figures for the public.',
  'Acct-B': 'Monthly updates to the community relations board.',
  'Acct-C': 'Non-compliance suspends access at once.',
  'Acct-D': 'Unauthorised access is referred for prosecution.',
};
