"""What the line says when nothing else works: constants that need no content, no memory and no luck."""

SMS = {
    "en": (
        "Automatic line. Danger: call or text 911. To talk: call or text 988. Home not safe: 800-799-7233. "
        "Bed, food, doctor: call 211. Please text again later."
    ),
    "es": (
        "Linea automatica. Peligro: llame al 911. Para hablar: llame al 988. Casa no segura: 800-799-7233. "
        "Cama, comida, doctor: 211. Escriba luego otra vez."
    ),
}

#: Read aloud; every key is also a key of the content's wording, which goes first.
VOICE = {
    "en": {
        "voice_hello": "This line works by text message. If you are in danger, hang up and dial 911.",
        "voice_number_1": "To talk with someone, day or night, call 800-799-7233.",
        "voice_number_2": "For a bed, food, or a doctor, call 211.",
        "voice_press": "To be connected to the first number now, press 1.",
        "voice_connecting": "Connecting you now.",
        "voice_after": "Here are the numbers again. You can also send a text message to this line.",
    },
    "es": {
        "voice_hello": "Esta línea funciona por mensajes de texto. Si está en peligro, cuelgue y marque 911.",
        "voice_number_1": "Para hablar con alguien, de día o de noche, llame al 800-799-7233.",
        "voice_number_2": "Para una cama, comida o un doctor, llame al 211.",
        "voice_press": "Para comunicarse ahora con el primer número, oprima 1.",
        "voice_connecting": "Le estamos comunicando.",
        "voice_after": "Aquí van los números otra vez. También puede mandar un texto a esta línea.",
    },
}


def sms(language: str) -> str:
    """Return the safe reply in a language; in both when the texter's is not known."""
    return SMS.get(language) or f"{SMS['en']} {SMS['es']}"
