"""ISO 639 codes of the languages that title pages name, by IMDb's English names for them."""

_CODES = """
af Afrikaans, sq Albanian, am Amharic, ar Arabic, arc Aramaic, hy Armenian, as Assamese,
ay Aymara, az Azerbaijani, bm Bambara, eu Basque, be Belarusian, bn Bengali, ber Berber,
bho Bhojpuri, bs Bosnian, br Breton, bg Bulgarian, my Burmese, yue Cantonese, ca Catalan,
ceb Cebuano, hne Chhattisgarhi, zh Chinese, kw Cornish, co Corsican, cr Cree, hr Croatian,
cs Czech, da Danish, prs Dari, nl Dutch, dyu Dyula, dz Dzongkha, enm Middle English,
ang Old English, en English, eo Esperanto, et Estonian, ee Ewe, fo Faroese, fil Filipino,
fi Finnish, nl Flemish, fon Fon, fr French, ff Fulah, gl Galician, ka Georgian, de German,
el Greek, grc Greek\\, Ancient, kl Greenlandic, gn Guarani, gu Gujarati, ht Haitian, ha Hausa,
haw Hawaiian, he Hebrew, hi Hindi, hmn Hmong, hu Hungarian, iba Iban, is Icelandic, ig Igbo,
id Indonesian, iu Inuktitut, ik Inupiaq, ga Irish, ga Irish Gaelic, it Italian, ja Japanese,
kn Kannada, ks Kashmiri, kk Kazakh, km Khmer, ky Kirghiz, ky Kyrgyz, tlh Klingon, kok Konkani,
ko Korean, ku Kurdish, lo Lao, la Latin, lv Latvian, ln Lingala, lt Lithuanian, lb Luxembourgish,
mk Macedonian, mai Maithili, mg Malagasy, ms Malay, ml Malayalam, mt Maltese, mnc Manchu,
cmn Mandarin, mni Manipuri, gv Manx, mi Maori, mr Marathi, myn Maya, nan Min Nan, moh Mohawk,
mn Mongolian, nah Nahuatl, nv Navajo, ne Nepali, no Norwegian, nb Norwegian Bokmål, ny Nyanja,
oc Occitan, or Oriya, ps Pashtu, ps Pashto, fa Persian, pl Polish, pt Portuguese, pa Punjabi,
qu Quechua, raj Rajasthani, ro Romanian, rom Romany, rm Romansh, ru Russian, smi Saami,
sm Samoan, sa Sanskrit, sc Sardinian, gd Scottish Gaelic, gd Scots Gaelic, sco Scots, sr Serbian,
sh Serbo-Croatian, sn Shona, scn Sicilian, sd Sindhi, si Sinhala, si Sinhalese, sk Slovak,
sl Slovenian, so Somali, hsb Sorbian languages, st Sotho, es Spanish, su Sundanese, sw Swahili,
sv Swedish, gsw Swiss German, syr Syriac, tl Tagalog, tg Tajik, ta Tamil, tt Tatar, te Telugu,
th Thai, bo Tibetan, ti Tigrigna, tpi Tok Pisin, tn Tswana, tcy Tulu, tr Turkish, tk Turkmen,
uk Ukrainian, ur Urdu, uz Uzbek, vi Vietnamese, cy Welsh, wo Wolof, wuu Shanghainese, xh Xhosa,
sah Yakut, yi Yiddish, yo Yoruba, zu Zulu, ase American Sign Language, bfi British Sign Language,
sgn Sign Languages, zxx None
"""


def _entry(text: str) -> tuple[str, str]:
    code, _, name = text.strip().partition(" ")
    return name.casefold().replace("\0", ","), code


_BY_NAME = dict(_entry(text) for text in _CODES.replace("\\,", "\0").split(","))


def code(name: str) -> str | None:
    """The language's code; None where the list has none."""
    return _BY_NAME.get(name.casefold())
