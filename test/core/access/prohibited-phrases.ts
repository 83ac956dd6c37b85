import { lines } from './ordinary-phrases';

/** What plates may not be searched for, by the clause that refuses, in the spellings that were thought of. */
export const prohibitedPhrases: readonly { readonly clause: string; readonly phrases: readonly string[] }[] =
  [
    {
      clause: 'Policy-C',
      phrases: lines(`
Immigration
Immigration check
immigration status of driver
Imigration check
Immigraton hold
Immigration enforcement assist
imm1gration
1mm1grat10n
!mmigration check
I M M I G R A T I O N
i.m.m.i.g.r.a.t.i.o.n
i-m-m-i-g-r-a-t-i-o-n status
immi-gration check
immi gration detainer
immi\u00adgration
immi\u200bgration
\u0456mm\u0456gration
\u0399mm\u03b9gration
immígration
ｉｍｍｉｇｒａｔｉｏｎ
𝐢𝐦𝐦𝐢𝐠𝐫𝐚𝐭𝐢𝐨𝐧
immigrationcheck
#immigration
immigrations
ICE
ice
I.C.E.
I.C.E. detainer pickup
i c e detainer
1CE pickup
!CE pickup
assist ICE
assist ice with subject
ASSIST ICE
ICE detainer for driver
ice hold
Hold based on ICE detainer
info on ICE
for ICE agents
ICE/ERO request
ICE-ERO
ice cream truck driver wanted by ICE
ERO arrest team support
ERO
HSI request
HSI
CBP lookup
Border Patrol request
USCIS question
DHS ERO assist
Homeland Security Investigations request
287g task
287(g) program
deport
deportation
deportation order
deportations
d3portation
deportee vehicle
to be deported
removal order
removal proceedings
final order of removal
enforcement and removal operations
undocumented
Undocumented driver, stolen vehicle
undocumented workers at the plant
undocumented family
illegals
looking for illegals
illegal alien
illegal aliens in van
illegal immigrants
illegal migrants
criminal alien program
removable alien
visa overstay
overstayed her visa
green card check
asylum seeker
asylum seekers at motel
citizenship status
residency status
visa status of owner
la migra
LA MIGRA
migra
inmigracion
inmigración
Inmigracion, redada
deportacion
deportación
deportar
indocumentado
indocumentados en la fabrica
sin papeles
ilegales
estatus migratorio
redada migratoria
i11egals
1llegals
@sylum seekers
a$ylum seekers
dep0rtation
no legal status
unlawful presence
aliens in the country unlawfully
Title 8 arrest
administrative immigration warrant, robbery
Towing
Vehicle to be towed
tow
TOW
t0w
t0wing
tow list
tow truck request
needs tow
impound
impound list
impounded car
boot the car
booting of vehicles
repo
repo for the bank
repossession
r3po
repossess
private property tow
relocate tow
grua
grúa
remolque de auto
Ordinance
0rdinance violation
city ordinances
noise ordinance
ordinance violation
city code violation
code enforcement
zoning violation
parking violation
parking ticket
unpaid parking tickets
overdue tickets
outstanding fines
abandoned vehicle
abandoned car on block
junk car complaint
inoperable vehicle
city sticker
no city sticker
snow route violation
street sweeping tickets
curfew violation
leash violation
smoking violation
panhandler
panhandling
peddler without licence
unlicensed street vending
street vendors
illegal food trucks
loitering
littering
illegal dumping ordinance
open container
business license
fireworks complaint
`),
    },
    {
      clause: 'Def',
      phrases: lines(`
speeding
speeding on Main
speeder
sp33ding
jaywalking
seat belt
seatbelt
no seat belt
red light camera
red light violation
red light ticket
illegal u-turn
expired plates
expired registration
expired tags
no insurance
no registration
expired sticker
minor traffic
traffic violation
traffic ticket
traffic enforcement
traffic stop
burned out light
broken-out taillight
equipment violation
tinted windows
loud exhaust
loud muffler
failure to signal
rolling stop
stop sign violation
ran a stop sign
suspended registration
exceso de velocidad
`),
    },
    {
      clause: 'Storage-E',
      phrases: lines(`
abortion
abortions
ab0rtion
abort1on clinic
abortion clinic patient
abortion seeker from Missouri
abortion drugs obtained
driver going to abortion clinic, missing
robbery, driver at abortion clinic
arson at clinic; abortion patients
abortion provider
aborto
reproductive care
reproductive care out of state
reproductive health clinic
gender-affirming care
gender affirming
gender affirming surgery
Planned Parenthood
planned parenthood visitors
contraception
contraceptives
birth control
mifepristone
misoprostol
abortifacient
pregnancy termination
terminated pregnancy
pregnancy outcome
fertility clinic
fertility treatment
family planning
hormone therapy
clinic visit
clinic patients
health care appointment
healthcare visits
IVF treatment
`),
    },
    {
      clause: 'Access-A',
      phrases: lines(`
protest
protesters
pr0test
protest, drugs
protest, missing
people at the rally
rally, wanted
rallies downtown
demonstration
demonstrators
picket line
picketers
vigil
vigil, death
marchers
women's march
in the march
pride parade
campaign event
town hall
prayer meeting
church service
BLM protesters
BLM
black lives matter
antifa
MAGA
activist
activists
journalist
reporter covering council
union organizers
union members
political party
political views
republicans
democrats
voters
voter list
mosque attendees
mosque visitors
synagogue members
church goers
temple parking
Muslims
Jews
Jewish families
Christians
Hindus
Sikhs
catholics
immigrants
refugees
race of driver
racial profile
ethnicity
religion
religious group
sexual orientation
gender identity
transgender owner
lesbian couple
gay bar patrons
gays
homosexuals
disabled driver
disability
Hispanic drivers on the west side
Latino men
latina women
somali neighborhood
mexican families
arab males
asian owners
african-american youths
black people
black drivers
white people
protesta
manifestantes
musulmanes
judios
mezquita
sindicato
`),
    },
  ];
