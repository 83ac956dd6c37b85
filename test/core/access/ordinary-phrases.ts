/** What officers, dispatchers and analysts write when they search for a reason that the SOP permits. */
export const ordinaryPhrases = lines(`
Stolen vehicle
Stolen motor vehicle, gray Honda
Stolen plates on a rental
Towed vehicle stolen from the lot
Stolen tow truck
Theft of a boat trailer
Stolen while parked on Market Street
Car taken without consent of owner
Carjacking at the gas station
Attempted carjacking, two suspects
Vehicle hijacked at gunpoint
Armed robbery of a bank
Robbery at the pharmacy
Strong-arm robbery downtown
Robbery of a delivery driver
Robbery of a food truck
Purse snatching, victim 74
Residential burglary
Burglary to motor vehicle
Burglary of a church
Burglary, suspect fled in white van
Garage broken into overnight
Retail theft ring
Catalytic converter theft
Theft of construction tools
Package theft suspect
Theft from parking garage
Larceny from a storage unit
Shots fired
Shots fired at protest
Shots fired near the school
Shooting on the west side
Drive-by shooting
Gunfire heard, shell casings found
Man with a gun
Subject with a knife at the bus stop
Person shot, vehicle left the scene
Homicide
Homicide investigation, person of interest
Murder suspect known to drive a pickup
Manslaughter warrant
Stabbing at a bar
Aggravated battery
Battery, victim disabled
Battery to a police officer
Battery of a pregnant woman
Assault with a baseball bat
Sexual assault
Sexual assault of a gay man
Rape suspect, dark sedan
Attempted rape in the park
Child abuse, suspect fled
Child molestation suspect
Human trafficking
Sex trafficking of a juvenile
Domestic violence
Domestic battery, suspect left with child
Violation of order of protection
Stalking victim followed home
Threats to a school
Bomb threat at the courthouse
Death threats to a judge
Threats to Planned Parenthood staff
Harassment by former spouse
Kidnapping
Abduction of a child
Parental abduction, Amber alert
Amber Alert
Silver alert, elderly driver
Missing person
Missing juvenile
Missing endangered adult
Missing juvenile last seen at church service
Missing elderly man with dementia
Missing hiker, car at trailhead
Missing elderly white male
Missing teen may be with boyfriend
Runaway juvenile
Endangered runaway, age 14
Lost child, last seen with uncle
Suicidal subject
Suicidal subject driving north
Suicide threat, welfare of driver
Overdose, victim driven to hospital
Person barricaded in house
Hostage taken at motel
Hit and run
Hit and run with injuries
Hit and run, expired registration
Hit-and-run on a bicyclist
Hit and run, pedestrian in crosswalk
Hit and run to parked vehicle
Fatal crash on Veterans Parkway
Fatal hit and run, white SUV
Crash with injuries on ice
Slid on black ice, fatal crash
Icy road hit and run
Vehicle left on ice, missing person
Pedestrian struck, driver left the scene
DUI driver fled
Reckless homicide
Fleeing and eluding
Vehicle pursuit terminated
Fled from traffic crash with injury
Arrest warrant for burglary
Active arrest warrant
Felony warrant, known to drive a Jeep
Wanted Hispanic male, active warrant
Wanted on a no-bond warrant
Fugitive from Peoria County
Escaped prisoner
Parole violator wanted for murder
Failure to register as sex offender, felony warrant
Drug dealing near a vigil
Drug trafficking
Delivery of cocaine
Fentanyl sales from a vehicle
Heroin overdose death
Meth lab explosion
Weapons offense
Unlawful possession of a firearm
Felon with a gun
Stolen firearm sold from trunk
Arson
Arson of an abandoned house
Arson of a clinic
Arson of an abortion clinic
Arson at health care clinic
Abortion clinic bombing
Church arson
Explosion at a house
Hate crime
Hate crime: vandalized mosque
Hate crime against Sikh family, assault
Synagogue vandalism
Vandalism of city hall
Criminal damage to property
Criminal damage to vehicle at rally, assault
Fraud by contractor
Identity theft ring
Bank fraud suspect
Elder fraud, suspect visited the house
Forged checks cashed
Counterfeit bills passed at store
Organized retail crime crew
Gift card scam, cash courier
Burglary suspect, white female driver
Black Dodge Charger used in robbery
White Ford van in burglary
Gray sedan, shots fired
Brown pickup seen at arson
Armed robbery of the repo man
Assault on tow truck driver
Robbery of a tow yard
Impound lot burglary
Burglary at parking garage
Stolen parking meter coins
Ice cream truck robbery
Ice cream shop robbery
Robbery after hockey game at ice arena
Ice fishing shelter burglary
Theft of an ice machine
Prowler in back yard
Peeping tom near dormitory
Suspicious person casing houses
Suspicious death
Unattended death, family not found
Body found in a ditch
Human remains found
Notice of death threat
Cattle theft
Dog fighting ring
Burglary on March 3
Robbery in May
Child exploitation material download
Online predator meeting a minor
Luring of a child from a vehicle
Indecent exposure at playground
Extortion by text message
Home invasion
Home invasion, victims tied up
Burglars dressed as utility workers
Distraction burglary, elderly victim
Jewelry store smash and grab
ATM theft with a stolen truck
Gas station skimmer
Rental car not returned, embezzled
Vehicle used in kidnapping
Getaway car
Suspect vehicle in Walmart theft
Witness to homicide, must be found
Victim of trafficking, may be in this car
Gang shooting
Witness intimidation
Jail escape
Attempted murder
Poisoning of a spouse
Road rage, gun shown
Road rage incident with shots
Brandished a firearm
Laser pointed at police helicopter
Rocks thrown from overpass
Throwing objects at vehicles, windshield broken
Officer involved shooting
School threat, student drives red Kia
Swatting call
Drone over prison, contraband
Contraband thrown over jail fence
Copper wire theft at substation
Grave robbery at the cemetery
Stolen church van
Stolen Catholic school bus
Stolen ambulance
Theft at the clinic
Battery at women's clinic
Vandalized Planned Parenthood
Theft of a racing bicycle
Robbery near the race track
Burglary at Temple Street
Shots fired on Church Street
Stabbing at Union Station
Theft at Border Books
Missing person, last seen at Pride Cleaners
Stolen Subaru, Democrat Road
Assault at the town hall parking deck
Robbery of journalist
Threats against reporter
Speeding car struck a child and fled
Shooting after traffic stop
Burglar wore seat belt vest
Человек с ножом
Robo de vehículo
Persona desaparecida, niña de 9 años
Secuestro, camioneta blanca
Homicidio en la calle Main
Vehículo robado
Robo en la mezquita
Robo de tienda de deportes
Tiroteo, armas ilegales
Street race, car hit spectators
Disabled vehicle struck on interstate
Catholic school break-in
Jewish center vandalised
Interview of Christian about the fire
Theft of a 7th Street bicycle
Robbery!
`);

export function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
