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

# tongue → the word for "episode", then words that foreign titles are made of
TONGUES = {
    "en": ("Episode", "The Long Night After Rain Small Hours Beyond Our Harbour Two Sisters".split()),
    "fr": ("Épisode", "La nuit du jardin perdu Le dernier été des ombres Une maison près de la mer".split()),
    "de": ("Folge", "Der stille Garten und das letzte Licht Die Nacht am Fluss Ein Sommer ohne Ende".split()),
    "es": ("Episodio", "La última noche del verano El jardín de los sueños Una casa junto al mar".split()),
    "it": ("Episodio", "La notte del giardino L'ultima estate Il segreto della casa sul mare".split()),
    "pt": ("Episódio", "A última noite de verão O jardim dos sonhos Uma casa perto do mar coração".split()),
    "pl": ("Odcinek", "Ostatnia noc lata Cichy ogród Dom nad rzeką Tajemnica starego zegara światło".split()),
    "ru": ("Эпизод", "Последняя ночь лета Тихий сад Дом у моря Тайна старых часов Далёкий свет".split()),
    "el": ("Επεισόδιο", "Η τελευταία νύχτα του καλοκαιριού Ο κήπος Το σπίτι στη θάλασσα φως".split()),
    "hi": ("एपिसोड", "आखिरी रात का बगीचा समुद्र के पास घर पुरानी घड़ी रहस्य दूर रोशनी".split()),
    "ja": ("エピソード", "夏の夜 静かな庭 海辺の家 古い時計 遠い光 秘密 約束 風 小さな橋 灯台 旅人".split()),
}  # fmt: skip


def variables() -> dict[str, list[str]]:
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
        "region_tongues": [tongue or "en" for _, tongue in spoken],
        "tongues": list(TONGUES),
        "episode_words": [episode for episode, _ in TONGUES.values()],
        **{f"words_{tongue}": words for tongue, (_, words) in TONGUES.items()},
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
