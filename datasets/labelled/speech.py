"""Voices of espeak-ng: words, verses and babble in several languages."""

RMS_DB = -20.4  # of what espeak-ng says without pauses; its voices differ by less than 2 dB
_VERSES = {
    "en-gb": ("the river runs below the bridge and nobody counts the lamps", "we walk along the water till the morning comes",
              "a letter lies unopened on the table by the door", "her coat still smells of rain and of the train",
              "tell me where the summer went and I will go there too", "the radio is playing what we danced to long ago",
              "all my money is in your hands and all my doors are open", "somebody is laughing in the kitchen down the hall"),
    "de": ("der Fluss zieht unter der Brücke dahin und niemand zählt die Lichter", "wir gehen am Wasser bis der Morgen kommt",
           "ein Brief liegt ungeöffnet auf dem Tisch neben der Tür", "ihr Mantel riecht noch immer nach Regen und nach Zug",
           "sag mir wohin der Sommer ging dann gehe ich ihm nach", "im Radio spielen sie das Lied zu dem wir tanzten",
           "mein ganzes Geld in deiner Hand und alle Türen offen", "da lacht doch jemand in der Küche hinten auf dem Gang"),
    "fr-fr": ("la rivière passe sous le pont et personne ne compte les lampes", "nous marchons au bord de l'eau jusqu'au matin",
              "une lettre attend fermée sur la table près de la porte", "son manteau garde encore l'odeur de la pluie",
              "dis moi où est parti l'été et je le suivrai", "la radio rejoue cet air sur lequel on dansait",
              "tout mon argent est dans tes mains et mes portes sont ouvertes", "quelqu'un rit dans la cuisine au bout du couloir"),
    "es": ("el río corre bajo el puente y nadie cuenta las luces", "caminamos junto al agua hasta que llega la mañana",
           "una carta sin abrir espera en la mesa de la puerta", "su abrigo huele todavía a lluvia y a estación",
           "dime adónde fue el verano y allí me iré también", "la radio toca la canción que bailamos hace años",
           "todo mi dinero está en tus manos y mis puertas abiertas", "alguien se ríe en la cocina al fondo del pasillo"),
    "it": ("il fiume scorre sotto il ponte e nessuno conta le luci", "camminiamo lungo l'acqua finché viene il mattino",
           "una lettera ancora chiusa aspetta sul tavolo", "il suo cappotto sa ancora di pioggia e di treno",
           "dimmi dove è andata l'estate e ci andrò anch'io", "la radio suona quella musica che ballavamo un tempo",
           "tutti i miei soldi nelle tue mani e le porte aperte", "qualcuno ride nella cucina in fondo al corridoio"),
    "pl": ("rzeka płynie pod mostem i nikt nie liczy latarni", "idziemy wzdłuż wody aż przyjdzie poranek",
           "list leży zamknięty na stole przy drzwiach", "jej płaszcz wciąż pachnie deszczem i pociągiem",
           "powiedz mi dokąd poszło lato a pójdę tam i ja", "radio gra piosenkę do której tańczyliśmy",
           "wszystkie moje pieniądze w twoich rękach i drzwi otwarte", "ktoś śmieje się w kuchni na końcu korytarza"),
}
LANGUAGES = tuple(_VERSES)
_WORDS_PER_S = 3.5  # more than any voice says, so that a text never ends early


def voice(rng, language):
    """A voice of a language: (espeak's name, words a minute, pitch)."""
    return (language + rng.choice(("", "+m3", "+m7", "+f1", "+f2", "+f4")), rng.randint(125, 175), rng.randint(25, 75))


def other_voice(rng, language):
    """(language, voice) of another language."""
    other = rng.choice([each for each in LANGUAGES if each != language])
    return other, voice(rng, other)


def verse(rng, language, seconds):
    """Words without punctuation, so without pauses, for at least this long."""
    words = []
    while len(words) < _WORDS_PER_S * seconds + 4:
        words += rng.choice(_VERSES[language]).split()
    return " ".join(words)


def word(rng, language):
    return " ".join(rng.choice(_VERSES[language]).split()[-3:])


def say(text, spoken, target):
    """The command that says it into a WAV file."""
    name, speed, pitch = spoken
    return ("espeak-ng", "-v", name, "-s", str(speed), "-p", str(pitch), "-w", target, text)
