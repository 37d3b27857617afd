"""The words that invented titles, people and roles are made of, and the publisher's enumerations.

Enumerations (genres, professions, regions, …) are facts of IMDb's format. Everything else is made
up here: given names are ordinary ones, surnames and places are joined from syllables.
"""

from random import Random

ADJECTIVES = """
Amber Ancient Bitter Blue Borrowed Brave Bright Broken Burning Careless Clever Cold Common Copper
Crimson Crooked Curious Dancing Distant Double Drowsy Dusty Early Eager Empty Endless Faded Faithful
Fallen False Favourite Fearless Final First Flying Foolish Forgotten Fragile Frozen Gentle Gilded
Glass Golden Grateful Great Green Half Happy Hidden Hollow Honest Humble Hungry Idle Impossible
Innocent Invisible Iron Ivory Jealous Last Late Lazy Little Lonely Long Lost Loud Lucky Magnetic
Marble Midnight Missing Modern Narrow Nervous New Noble Northern Old Open Ordinary Other Outer Paper
Patient Perfect Pale Polite Private Proud Quiet Reckless Red Restless Rising Royal Rusty Sacred Salt
Scarlet Second Secret Severe Shining Silent Silver Simple Singing Sleeping Slow Small Solemn Sour
Southern Stolen Stone Strange Stubborn Sudden Summer Sweet Tall Tender Third Tiny Twisted Uneasy
Unfinished Unwritten Velvet Violet Wandering Warm Wicked Wild Winter Wise Wooden Wrong Yellow Young
""".split()

NOUNS = """
Accordion Almanac Anchor Angel Apprentice Archive Arrow Ashes Attic Avenue Baker Balcony Ballad
Banquet Bargain Barometer Beacon Bell Bicycle Bird Blossom Boat Border Bridge Brother Button Cabin
Calendar Candle Captain Caravan Carnival Carpenter Castle Cathedral Cellar Chapter Cherry Chimney
Choir Circle Circus Citizen Clock Cloud Coast Colony Comet Compass Conductor Corner Corridor Cousin
Crossing Crown Curtain Dance Daughter Dawn Debt Desert Detour Diary Dragon Dream Driver Drum Duel
Dust Echo Elephant Emperor Engine Envelope Evening Exile Experiment Falcon Family Farewell Father
Feather Ferry Fiddle Field Fire Fisherman Flood Flute Forest Fortune Fountain Fox Frontier Gallery
Gambler Garden Gate Ghost Giant Glacier Glove Gravity Guest Guitar Hammer Harbour Harvest Hat Heart
Heir Highway Hill Holiday Honey Horizon Horse Hotel Hour House Hunter Island Jacket Journey Judge
Kettle Key King Kingdom Kitchen Kite Ladder Lady Lake Lamp Lantern Laughter Lawyer Leaf Legend Letter
Library Lighthouse Lion Locksmith Machine Magician Map Market Mask Meadow Melody Memory Merchant
Messenger Mill Mirror Miracle Monsoon Moon Morning Mother Mountain Museum Neighbour Night Nurse Oath
Ocean Orchard Orchestra Orphan Painter Palace Parade Passenger Path Pendulum Pharaoh Photograph Piano
Picnic Pilgrim Pilot Pioneer Planet Poet Portrait Postman Prince Prisoner Professor Promise Puzzle
Quarrel Queen Question Railway Rain Rebel Recipe Refuge Republic Reunion Riddle Ring River Road Roof
Rose Ruin Sailor Salon Satellite School Scientist Sea Season Sentinel Shadow Shepherd Ship Shore
Signal Sister Sky Smoke Snow Soldier Song Sparrow Speech Spring Spy Stable Staircase Star Station
Storm Story Stranger Street Summit Sun Swan Symphony Table Tailor Telegram Telescope Tenant Theatre
Thief Thunder Ticket Tide Tiger Tower Toymaker Train Traveller Treasure Tree Tribe Trumpet Truth
Tunnel Twin Umbrella Uncle Valley Verdict Victory Village Violin Visitor Voice Volcano Voyage Wager
Waltz Warden Watchmaker Water Wedding Well Whale Whisper Widow Wind Window Witness Wolf Woman
Workshop Year Zeppelin
""".split()

ACTIONS = """
Absolving Becoming Befriending Beyond Breaking Building Calling Carrying Catching Chasing Counting
Crossing Dreaming Escaping Finding Following Forgetting Forgiving Guarding Hunting Inventing Keeping
Kissing Leaving Losing Loving Meeting Mending Missing Naming Outrunning Painting Playing Reading
Remembering Rescuing Saving Searching Selling Singing Stealing Teaching Tracing Trusting Waiting
Waking Walking Watching Wearing Winning Without Writing
""".split()

MEN = """
Aaron Abel Adrian Aidan Alan Albert Aleksander Alessio Anders Andrei Anton Arjun Arthur Bastian
Benedict Bernard Bjørn Bruno Caleb Carlos Casper Cedric Claude Conrad Damian Daniel Darius Dev
Diego Dmitri Dominic Edgar Eduardo Elias Emil Enzo Eric Ethan Fabian Farid Felix Fernando Filip
Francis Gabriel Gareth Georg Gideon Giovanni Goran Graham Gustav Hakan Harold Hassan Hector Henrik
Hiroshi Hugo Ibrahim Ignacio Igor Isaac Ivan Jakob Jamal Javier Jean Jerome Joaquín Johan Jonas
Jorge Joseph Julian Kai Kaito Karim Kenji Kofi Lars Laurent Leander Leo Leon Levi Lionel Luca Lucas
Luis Magnus Marcel Marco Mario Martin Mateo Matthias Max Mehmet Miguel Milan Mohan Nathan Neil
Nicolás Nikolai Noah Oliver Omar Oscar Otto Owen Pablo Patrick Pavel Pedro Percival Piotr Rafael
Rahul Ravi René Richard Roberto Rodrigo Roland Rupert Samir Samuel Sanjay Sebastián Sergei Simon
Stefan Sven Takeshi Tariq Teodor Thomas Tobias Tomás Ugo Vadim Victor Viktor Vincent Walter Wei
William Xavier Yann Yusuf Zoltán
""".split()

WOMEN = """
Adela Agnes Aisha Alba Alice Amara Amélie Ana Anika Annika Astrid Aurora Beatriz Bianca Brigitte
Camila Carla Carmen Cecilia Celeste Chiara Clara Claudia Daria Delia Diana Dolores Edith Elena
Elin Elisa Ella Eloise Emilia Emma Erika Esme Esther Eva Fatima Fiona Flora Francesca Freya Gabriela
Gemma Georgia Gloria Greta Hana Hannah Harriet Helena Hilda Ida Ilse Imani Ines Ingrid Irene Iris
Isabel Jana Jasmine Joan Johanna Josephine Judith Julia Kamala Karin Katarina Keiko Kira Lara Laura
Leila Lena Leonor Lidia Lila Lina Linnea Lola Louise Lucía Luisa Lydia Magda Maja Malin Manon Mara
Margit Maria Marta Matilda Maya Mei Mercedes Mila Mina Miriam Mona Nadia Naomi Natalia Nina Noor
Nora Odile Olga Olivia Paloma Paula Petra Philippa Pilar Priya Ramona Rebecca Renata Rita Rosa Ruth
Sabine Sakura Salma Sandra Sara Selma Serena Sigrid Silvia Simone Sofia Sonia Stella Suki Susanna
Sylvie Tamara Tanya Teresa Thea Tilda Ursula Valentina Vera Victoria Vivian Wilma Xenia Yara Yasmin
Yuki Zahra Zoe Zuzana
""".split()

SURNAME_STARTS = """
Al Am An Ar Bal Bar Bel Ber Bor Bran Bru Cal Car Cas Cor Cro Dal Dar Del Dor Dra Dun El Em Er Fal
Far Fen Fer Fin For Gal Gar Gol Gra Gri Hal Har Hel Hol Hul Il Is Jan Jar Jor Kal Kar Kel Kor Kra
Lan Lar Len Lin Lor Mal Mar Mel Mer Mon Mor Nal Nar Nel Nor Ol Or Os Pal Par Pel Per Pol Pra Quin
Ral Ran Rem Ren Ros San Sar Sel Ser Sol Sor Ste Stor Tal Tar Tel Ter Tor Tre Ul Ur Val Van Var Vel
Ver Vol Wal Wen Wer Wil Yar Zan Zel Zor
""".split()

SURNAME_MIDDLES = """
a ad al am an and ar as av e ed el em en er es ev i id il im in ir is iv o od ol om on or os ov u
ud ul um un ur va ve vi vo
""".split()

SURNAME_ENDS = """
bach beck berg bert bury by cott da dale den der di don dorf dottir feld ffe ford gård ger gren ham
hardt hart holm hurst ic idze ier ini ino ism ist ka ke kin ko la land le ler ley li lin low lund
man mann mark mont moto mura na nen ner nes ney ni nov oda off oğlu ot ova pol quist ra rell rez ri
ro rod rot rup sen shi ska ski son stad stein stow strom ta tas ter thal ti ton tov tti va vall vić
vin vitch well wick witz worth wright ya yan zzi
""".split()

PLACES = """
Abelmoor Aldersund Ambervale Arrowfell Ashgrove Bellamere Birchwater Blackmarsh Bramblecross
Brindlewick Calderport Carrowdale Cinderford Clearwater Coldharbour Copperhill Corvenna Dalmora
Dawnbridge Deepwell Drummond Dunmarrow Eastmere Elderbay Emberton Fairlight Fallowfield Farhaven
Fernwick Foxhollow Gallowmere Glassport Goldenbay Greyfriars Hallowell Harrowgate Hazelmere
Highwater Hollowbrook Honeywell Ironbridge Islamar Juniper Kestrelby Kingsmarsh Lakenfell Larkspur
Lavandia Lindenberg Longshore Lowmoor Maplewood Marrowby Meridia Millbrae Moonstead Mossbank
Netherby Newhollow Northmere Oakhurst Oldcastle Orlinsk Otterburn Palmera Pinecrest Portoverano
Quillon Rainford Ravenshaw Redcliff Rosavia Rosewater Saltmarsh Sandoval Santamelina Silverbeck
Skelmere Sondervik Southmoor Starling Stonewell Summerisle Swanmere Tarnholm Thistledown Thornbury
Tidewater Umberlake Valmira Vesperia Wandermere Westbrook Whitecap Willowby Windrush Winterbourne
Wolfsden Wrenfield Yarrowdale Zelengrad Zephyrsay
""".split()

ROLES = [
    "Nurse", "Doctor", "Police Officer", "Detective", "Bartender", "Waitress", "Soldier", "Narrator",
    "Judge", "Taxi Driver", "Reporter", "Teacher", "Mother", "Father", "Young Man", "Old Woman",
    "Party Guest", "Bank Clerk", "Secretary", "Priest", "Guard", "Prisoner", "Dancer", "Student",
    "Neighbour", "Receptionist", "Shopkeeper", "The King", "The Witch", "Ghost", "Villager",
    "Passer-by", "Man in Hat", "Girl at Window", "Additional Voices", "Captain", "Sailor", "Baker",
    "Journalist #1", "Journalist #2", "Coach", "Referee", "Inspector", "Butler", "Landlady",
]  # fmt: skip

SELF_ROLES = [
    "Self", "Self", "Self", "Self", "Self", "Self", "Self - Host", "Self - Host", "Self - Guest",
    "Self - Presenter", "Self - Contestant", "Self - Panelist", "Self - Interviewee",
    "Self - Correspondent", "Self - Musical Guest", "Self - Audience Member", "Self - Winner",
]  # fmt: skip

WRITER_JOBS = [
    "written by", "written by", "screenplay", "screenplay by", "story", "story by", "novel", "play",
    "creator", "creator", "created by", "writer", "writer", "head writer", "dialogue", "adaptation",
    "scenario", "teleplay by", "characters", "based on the short story", "original idea", "concept",
]  # fmt: skip

PRODUCER_JOBS = ["producer"] * 9 + [
    "executive producer", "line producer", "associate producer", "co-producer", "supervising producer",
    "produced by", "series producer",
]  # fmt: skip

GENRE_WEIGHTS = {
    "Drama": 300, "Comedy": 220, "Romance": 80, "Action": 70, "Crime": 65, "Family": 60,
    "Adventure": 60, "Animation": 60, "Music": 45, "Thriller": 45, "Horror": 40, "Fantasy": 35,
    "Mystery": 35, "History": 25, "Biography": 20, "Sci-Fi": 25, "Musical": 15, "Sport": 25,
    "War": 10, "Western": 9, "Film-Noir": 2,
}  # fmt: skip
FACTUAL_GENRE_WEIGHTS = {
    "Talk-Show": 130, "News": 100, "Documentary": 130, "Reality-TV": 70, "Game-Show": 40, "Music": 20,
    "History": 18, "Biography": 15, "Sport": 30, "Family": 15, "Comedy": 30,
}  # fmt: skip

PROFESSIONS = """
accountant actor actress animation_department archive_footage archive_sound art_department
art_director assistant assistant_director camera_department casting_department casting_director
choreographer cinematographer composer costume_department costume_designer director editor
editorial_department electrical_department executive legal location_management make_up_department
manager miscellaneous music_artist music_department podcaster producer production_department
production_designer production_manager publicist script_department set_decorator sound_department
soundtrack special_effects stunts talent_agent transportation_department visual_effects writer
""".split()

REGIONS = """
AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BR BS BT BUMM
BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CSHH CSXX CU CV CW CY CZ DDDE DE DJ DK DM DO DZ EC
EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN
HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK
LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG
NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
SH SI SJ SK SL SM SN SO SR SS ST SUHH SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA
UG UM US UY UZ VA VC VDVN VE VG VI VN VU WF WS XAS XAU XEU XKO XKV XNA XPI XSA XSI XWG XWW XYU YE YT
YUCS ZA ZM ZRCD ZW
""".split()

LANGUAGES = """
af am ar az be bg bn br bs ca cmn cr cs cy da de el en eo es et eu fa fi fil fr fro ga gd gl gsw gu
hak haw he hi hil hr hu hy id iku is it iu ja jsl jv ka kk kn ko ku ky la lad lb lo lt lv mi mk ml mn
mr ms my myv nb ne nl no nqo pa pl prs ps pt qac qal qbn qbo qbp ro roa rm rn ru sa sd sk sl sq sr st
su sv ta te tg th tk tl tn tr ts uk ur uz vi wo xh yi yue zh zu
""".split()

# region → language and the tongue its titles are written in; the regions most akas are for
MARKETS = {
    "JP": ("ja", "ja"), "FR": ("fr", "fr"), "IN": ("hi", "hi"), "ES": ("es", "es"),
    "DE": ("de", "de"), "IT": ("it", "it"), "PT": ("pt", "pt"), "US": ("en", "en"),
    "GB": ("en", "en"), "CA": ("en", "en"), "XWW": ("en", "en"), "BR": ("pt", "pt"),
    "MX": ("es", "es"), "AR": ("es", "es"), "PL": ("pl", "pl"), "RU": ("ru", "ru"),
    "GR": ("el", "el"), "AU": ("en", "en"), "AT": ("de", "de"), "UA": ("uk", "ru"),
}  # fmt: skip

# tongue → the word for "episode", ten beginnings and ten endings of titles
TONGUES = {
    "en": (
        "Episode",
        "The Night|The Garden|One Summer|The House|The Secret|The Light|Two Sisters|The Road"
        "|Three Letters|The Promise",
        "After the Rain|Beyond the Harbour|by the Sea|in the Valley|Without End|of Small Hours"
        "|under the Bridge|of the Lost|before Dawn|for a Stranger",
    ),
    "fr": (
        "Épisode",
        "La nuit|Le jardin|Un été|La maison|Le secret|La lumière|Deux sœurs|Le chemin"
        "|Trois lettres|La promesse",
        "après la pluie|au-delà du port|près de la mer|dans la vallée|sans fin|des petites heures"
        "|sous le pont|des ombres|avant l'aube|pour un inconnu",
    ),
    "de": (
        "Folge",
        "Die Nacht|Der Garten|Ein Sommer|Das Haus|Das Geheimnis|Das Licht|Zwei Schwestern|Der Weg"
        "|Drei Briefe|Das Versprechen",
        "nach dem Regen|hinter dem Hafen|am Meer|im Tal|ohne Ende|der frühen Stunden"
        "|unter der Brücke|der Schatten|vor der Dämmerung|für einen Fremden",
    ),
    "es": (
        "Episodio",
        "La noche|El jardín|Un verano|La casa|El secreto|La luz|Dos hermanas|El camino"
        "|Tres cartas|La promesa",
        "después de la lluvia|más allá del puerto|junto al mar|en el valle|sin fin|de madrugada"
        "|bajo el puente|de las sombras|antes del alba|para un extraño",
    ),
    "it": (
        "Episodio",
        "La notte|Il giardino|Un'estate|La casa|Il segreto|La luce|Due sorelle|La strada"
        "|Tre lettere|La promessa",
        "dopo la pioggia|oltre il porto|sul mare|nella valle|senza fine|delle ore piccole"
        "|sotto il ponte|delle ombre|prima dell'alba|per uno sconosciuto",
    ),
    "pt": (
        "Episódio",
        "A noite|O jardim|Um verão|A casa|O segredo|A luz|Duas irmãs|O caminho"
        "|Três cartas|A promessa",
        "depois da chuva|além do porto|perto do mar|no vale|sem fim|da madrugada"
        "|sob a ponte|das sombras|antes da aurora|para um estranho",
    ),
    "pl": (
        "Odcinek",
        "Noc|Ogród|Lato|Dom|Tajemnica|Światło|Dwie siostry|Droga|Trzy listy|Obietnica",
        "po deszczu|za portem|nad morzem|w dolinie|bez końca|o świcie|pod mostem|wśród cieni"
        "|przed brzaskiem|dla nieznajomego",
    ),
    "ru": (
        "Эпизод",
        "Ночь|Сад|Лето|Дом|Тайна|Свет|Две сестры|Дорога|Три письма|Обещание",
        "после дождя|за гаванью|у моря|в долине|без конца|на рассвете|под мостом|среди теней"
        "|перед зарёй|для незнакомца",
    ),
    "el": (
        "Επεισόδιο",
        "Η νύχτα|Ο κήπος|Ένα καλοκαίρι|Το σπίτι|Το μυστικό|Το φως|Δύο αδελφές|Ο δρόμος"
        "|Τρία γράμματα|Η υπόσχεση",
        "μετά τη βροχή|πέρα από το λιμάνι|δίπλα στη θάλασσα|στην κοιλάδα|χωρίς τέλος|το ξημέρωμα"
        "|κάτω από τη γέφυρα|στις σκιές|πριν την αυγή|για έναν ξένο",
    ),
    "hi": (
        "एपिसोड",
        "रात|बगीचा|गर्मी|घर|रहस्य|रोशनी|दो बहनें|रास्ता|तीन चिट्ठियाँ|वादा",
        "बारिश के बाद|बंदरगाह के पार|समुद्र के पास|घाटी में|अंतहीन|सुबह से पहले|पुल के नीचे"
        "|छाया में|एक अजनबी के लिए|दूर कहीं",
    ),
    "ja": (
        "エピソード",
        "夏の夜|静かな庭|海辺の家|古い時計|遠い光|秘密|二人の姉妹|長い道|三通の手紙|約束",
        "雨のあと|港の向こう|谷の中で|終わりなき旅|夜明け前|橋の下|影の町|見知らぬ人へ|風の中|灯台",
    ),
}


def variables() -> dict[str, list[str] | list[int]]:
    """Returns the lists that the SQL picks from, by the name it knows them under."""
    regions = [region for region in MARKETS for _ in range(12)] + REGIONS
    Random(3).shuffle(regions)  # noqa: S311 - a fixed order, not a secret
    spoken = [MARKETS.get(region, ("", "")) for region in regions]
    return {
        "adjectives": ADJECTIVES,
        "nouns": NOUNS,
        "actions": ACTIONS,
        "men": MEN,
        "women": WOMEN,
        "surname_starts": SURNAME_STARTS,
        "surname_middles": SURNAME_MIDDLES,
        "surname_ends": SURNAME_ENDS,
        "places": PLACES,
        "roles": ROLES,
        "self_roles": SELF_ROLES,
        "writer_jobs": WRITER_JOBS,
        "producer_jobs": PRODUCER_JOBS,
        "professions": PROFESSIONS,
        "fiction_genres": genre_lists(GENRE_WEIGHTS, ()),
        "factual_genres": genre_lists(FACTUAL_GENRE_WEIGHTS, ()),
        "short_genres": genre_lists(GENRE_WEIGHTS, ("Short",)),
        "adult_genres": genre_lists({"Adult": 60, "Comedy": 5, "Drama": 5, "Romance": 5}, ("Adult",)),
        "languages": LANGUAGES,
        "regions": regions,
        "region_languages": [
            language or LANGUAGES[number % len(LANGUAGES)]
            for number, (language, _) in enumerate(spoken)
        ],
        # the place of the tongue in the lists below
        "region_tongues": [list(TONGUES).index(tongue or "en") for _, tongue in spoken],
        "episode_words": [episode for episode, _, _ in TONGUES.values()],
        "beginnings": [text for _, texts, _ in TONGUES.values() for text in texts.split("|")],
        "endings": [text for _, _, texts in TONGUES.values() for text in texts.split("|")],
    }


def genre_lists(weights: dict[str, int], always: tuple[str, ...]) -> list[str]:
    """Returns 1,024 comma-joined lists of one to three genres in alphabetical order."""
    dice = Random(28)  # noqa: S311 - a fixed order, not a secret
    lists = []
    for _ in range(1024):
        count = dice.choices([1, 2, 3], [52, 27, 21])[0]
        drawn = dice.choices(list(weights), list(weights.values()), k=count)
        lists.append(",".join(sorted({*always, *drawn[: 3 - len(always)]})))
    return lists
