"""Hours as resource coordinators write them: read as they were meant, or refused with the piece that is unclear."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.referral.hours import Schedule, parse
from bot.referral.notation import DAY, Span
from bot.referral.plain_hours import MOST_CHARACTERS, PlainHoursError, meaning, read, written
from tests.conftest import THOROUGH

OFFICE = "Mo-Fr 09:00-17:00"

SPELLINGS = [
    # The whole week, or nothing.
    ("", ""),
    ("   ", ""),
    ("24/7", "24/7"),
    ("24 / 7", "24/7"),
    ("24x7", "24/7"),
    ("24-7", "24/7"),
    ("24/7/365", "24/7"),
    ("24 hours", "24/7"),
    ("24 hrs", "24/7"),
    ("24hrs", "24/7"),
    ("24h", "24/7"),
    ("24-hour", "24/7"),
    ("Open 24 hours", "24/7"),
    ("open 24 hours a day", "24/7"),
    ("24 hours a day, 7 days a week", "24/7"),
    ("24 hours a day, seven days a week.", "24/7"),
    ("7 days a week, 24 hours a day", "24/7"),
    ("24 hrs/7 days", "24/7"),
    ("24 hours / 7 days a week / 365 days a year", "24/7"),
    ("24/7 including holidays", "24/7"),
    ("Always open", "24/7"),
    ("always", "24/7"),
    ("around the clock", "24/7"),
    ("24 horas", "24/7"),
    ("las 24 horas", "24/7"),
    ("Abierto las 24 horas del día, los 7 días de la semana", "24/7"),
    ("24 horas al dia, 7 dias a la semana", "24/7"),
    ("siempre abierto", "24/7"),
    ("24/7, closed holidays", "Mo-Su 00:00-24:00; PH off"),
    ("24/7 except holidays", "Mo-Su 00:00-24:00; PH off"),
    ("24 hours, closed on federal holidays", "Mo-Su 00:00-24:00; PH off"),
    ("24/7 except Sunday", "Mo-Sa 00:00-24:00; PH 00:00-24:00"),
    ("Mon-Fri 24 hours", "Mo-Fr 00:00-24:00"),
    ("24 hours Mon-Fri", "Mo-Fr 00:00-24:00"),
    ("weekends 24 hours, weekdays 5pm-8am", "Mo-Fr 17:00-08:00; Sa-Su 00:00-24:00"),
    ("every day 24 hours", "Mo-Su 00:00-24:00"),
    ("Sat & Sun all day", "Sa-Su 00:00-24:00"),
    ("sábado y domingo todo el día", "Sa-Su 00:00-24:00"),
    ("closed", "off"),
    ("cerrado", "off"),
    # An end on the next day, and one time on each clock.
    ("Mon 10pm-6 next day", "Mo 22:00-06:00"),
    ("Mon 9-5 next day", "Mo 21:00-05:00"),
    ("Mon 14-6pm", "Mo 14:00-18:00"),
    ("Mon noon-17", "Mo 12:00-17:00"),
    ("Mon 12am-24", "Mo 00:00-24:00"),
    # Office hours in many hands.
    ("Mon-Fri 9-5", OFFICE),
    ("mon-fri 9-5", OFFICE),
    ("MON-FRI 9-5", OFFICE),
    ("M-F 9-5", OFFICE),
    ("m-f 9-5", OFFICE),
    ("M–F 9am–5pm", OFFICE),
    ("M - F, 9 - 5", OFFICE),
    ("Mon thru Fri 9-5", OFFICE),
    ("Mon. - Fri. 9:00 - 5:00", OFFICE),
    ("Monday-Friday: 9am-5pm", OFFICE),
    ("Monday through Friday, 9:00 a.m. to 5:00 p.m.", OFFICE),
    ("Monday to Friday from 9 to 5", OFFICE),
    ("Mondays - Fridays 9am - 5 pm", OFFICE),
    ("Monday until Friday 9 til 5", OFFICE),
    ("Mon-Fri 9a-5p", OFFICE),
    ("Mon-Fri 9AM-5PM.", OFFICE),
    ("Mon-Fri 9 AM - 5 PM", OFFICE),
    ("Mon-Fri 9am-5", OFFICE),
    ("Mon-Fri 9-5pm", OFFICE),
    ("Mon-Fri 900-500", OFFICE),
    ("Mon-Fri 0900-1700", OFFICE),
    ("Mon-Fri 9-17", OFFICE),
    ("Mon-Fri 09:00-17:00", OFFICE),
    ("Mon-Fri 9.00-17.00", OFFICE),
    ("Mon-Fri (9-5)", OFFICE),
    ("Hours: Mon-Fri 9-5", OFFICE),
    ("Open Mon-Fri, 9-5", OFFICE),
    ("open weekdays 9 to 5", OFFICE),
    ("weekdays 9-5", OFFICE),
    ("Weekdays: 9 until 5", OFFICE),
    ("business days 9-5", OFFICE),
    ("9-5 M-F", OFFICE),
    ("9am to 5pm Monday through Friday", OFFICE),
    ("9 to 5 weekdays", OFFICE),
    ("between 9 and 5 on weekdays", OFFICE),
    ("9 in the morning to 5 in the afternoon, Mon-Fri", OFFICE),
    ("Mon,Tue,Wed,Thu,Fri 9-5", OFFICE),
    ("Mon Tues Wed Thurs Fri 9-5", OFFICE),
    ("M/T/W/Th/F 9-5", OFFICE),
    ("Mon-Thu 9-5 and Fri 9-5", OFFICE),
    ("Mon 9-5, Mon-Fri 9-5", OFFICE),
    ("Monday through Friday 8:30am to 4:30pm", "Mo-Fr 08:30-16:30"),
    ("M-F 830am-430pm", "Mo-Fr 08:30-16:30"),
    ("M-F 8:30-4:30", "Mo-Fr 08:30-16:30"),
    ("M-F 8.30-4.30", "Mo-Fr 08:30-16:30"),
    ("M-F 8 -4:30", "Mo-Fr 08:00-16:30"),
    ("M-F 7-3", "Mo-Fr 07:00-15:00"),
    ("M-F 8-6", "Mo-Fr 08:00-18:00"),
    ("M-F 10-2", "Mo-Fr 10:00-14:00"),
    ("M-F 8-12", "Mo-Fr 08:00-12:00"),
    ("M-F 12-8", "Mo-Fr 12:00-20:00"),
    ("M-F 1-4", "Mo-Fr 13:00-16:00"),
    ("M-F 11-7", "Mo-Fr 11:00-19:00"),
    ("M-F 9-noon", "Mo-Fr 09:00-12:00"),
    ("M-F noon-8", "Mo-Fr 12:00-20:00"),
    ("M-F 12 noon to 8 pm", "Mo-Fr 12:00-20:00"),
    ("M-F 9-12pm", "Mo-Fr 09:00-12:00"),
    ("M-F 6-9pm", "Mo-Fr 18:00-21:00"),
    ("M-F 8am-8", "Mo-Fr 08:00-20:00"),
    ("M-F 8-8pm", "Mo-Fr 08:00-20:00"),
    # More than one rule.
    ("Mon-Fri 9-5, Sat 10-2, closed holidays", "Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off"),
    ("Mon-Fri 9-5; Sat 10-2", "Mo-Fr 09:00-17:00; Sa 10:00-14:00"),
    ("Mon-Fri 9-5 Sat 10-2", "Mo-Fr 09:00-17:00; Sa 10:00-14:00"),
    ("Mon-Fri 9-5. Sat 10-2.", "Mo-Fr 09:00-17:00; Sa 10:00-14:00"),
    ("Mon-Fri 9-5 | Sat 10-2", "Mo-Fr 09:00-17:00; Sa 10:00-14:00"),
    ("Mon-Fri 9-5 and Sat 10-2", "Mo-Fr 09:00-17:00; Sa 10:00-14:00"),
    ("9-5 Mon-Fri, 10-2 Sat", "Mo-Fr 09:00-17:00; Sa 10:00-14:00"),
    ("9am-5pm Mon-Fri; 10am-2pm Sat; closed Sun and holidays", "Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off"),
    ("weekdays 9-5 weekends 10-2", "Mo-Fr 09:00-17:00; Sa-Su 10:00-14:00"),
    ("Mon-Fri 9-5, closed Sunday", OFFICE),
    ("Mon-Fri 9-5 closed weekends", OFFICE),
    ("closed weekends, weekdays 9-5", OFFICE),
    ("Closed Sat, Sun, Mon-Fri 9-5", OFFICE),
    ("Mon-Fri 9-5 (closed on holidays)", "Mo-Fr 09:00-17:00; PH off"),
    ("Mon-Fri 9-5, closed all major holidays", "Mo-Fr 09:00-17:00; PH off"),
    ("Mon-Fri 9-5, holidays closed", "Mo-Fr 09:00-17:00; PH off"),
    ("Mon-Fri 9-5 except holidays", "Mo-Fr 09:00-17:00; PH off"),
    ("Mon-Fri 9-5 excluding holidays", "Mo-Fr 09:00-17:00; PH off"),
    ("Mon-Fri 9-5, holidays 10-2", "Mo-Fr 09:00-17:00; PH 10:00-14:00"),
    ("Mon-Fri and holidays 9-5", "Mo-Fr 09:00-17:00; PH 09:00-17:00"),
    ("daily 8am-10pm including holidays", "Mo-Su 08:00-22:00; PH 08:00-22:00"),
    ("Mon-Fri 9-5 except Wed", "Mo-Tu,Th-Fr 09:00-17:00"),
    ("Mon-Fri except Wed 9-5", "Mo-Tu,Th-Fr 09:00-17:00"),
    ("Mon-Fri 9-5, closed Wed", "Mo-Tu,Th-Fr 09:00-17:00"),
    ("every day but Sunday 9-5", "Mo-Sa 09:00-17:00"),
    ("Mon-Fri 9-5 except Wed; Sat 10-2", "Mo-Tu,Th-Fr 09:00-17:00; Sa 10:00-14:00"),
    ("Sunday: Closed Monday: 8:30-12:00 , 13:00-17:00 Tuesday: Closed", "Mo 08:30-12:00,13:00-17:00"),
    ("Mon: 9-5 Tue: 9-5 Wed: closed Thu: 10-7 Fri: 9-12", "Mo-Tu 09:00-17:00; Th 10:00-19:00; Fr 09:00-12:00"),
    ("Mon, Wed & Fri 9-12 and 1-4", "Mo,We,Fr 09:00-12:00,13:00-16:00"),
    ("M-F 8-12, 1-5", "Mo-Fr 08:00-12:00,13:00-17:00"),
    ("M-F 8-12 & 12:30-4:30", "Mo-Fr 08:00-12:00,12:30-16:30"),
    ("M-F 8:30-11:30am and 1-4pm", "Mo-Fr 08:30-11:30,13:00-16:00"),
    ("M-F 8-11, 1-4", "Mo-Fr 08:00-11:00,13:00-16:00"),
    ("Mon 9-12, 6-9", "Mo 09:00-12:00,18:00-21:00"),
    ("M-F 1pm-4pm and 9am-12pm", "Mo-Fr 09:00-12:00,13:00-16:00"),
    ("Mon-Fri 9-5 and Wed 6pm-8pm", "Mo-Tu,Th-Fr 09:00-17:00; We 09:00-17:00,18:00-20:00"),
    # Single days and letters.
    ("Tues/Thurs 1-7pm", "Tu,Th 13:00-19:00"),
    ("T/Th 1-7pm", "Tu,Th 13:00-19:00"),
    ("TTh 1-7pm", "Tu,Th 13:00-19:00"),
    ("Tu & Th 1pm to 7pm", "Tu,Th 13:00-19:00"),
    ("MWF 9-12", "Mo,We,Fr 09:00-12:00"),
    ("M/W/F 9-12", "Mo,We,Fr 09:00-12:00"),
    ("Mon + Wed 9-12", "Mo,We 09:00-12:00"),
    ("Mo, We, Fr 9-12", "Mo,We,Fr 09:00-12:00"),
    ("We are open weekends 10-2", "Sa-Su 10:00-14:00"),
    ("Mon 9:00-00:00", "Mo 09:00-24:00"),
    ("Th-Sa 9-12", "Th-Sa 09:00-12:00"),
    ("MTWThF 9-12", "Mo-Fr 09:00-12:00"),
    ("Mon-Sat 9-12 but closed Wed", "Mo-Tu,Th-Sa 09:00-12:00"),
    ("24/7, 365 days a year", "24/7"),
    ("Weds 9-12", "We 09:00-12:00"),
    ("wensday 9-12", "We 09:00-12:00"),
    ("every Monday 9-12", "Mo 09:00-12:00"),
    ("Saturdays only 10am-1pm", "Sa 10:00-13:00"),
    ("on Saturdays from 10am until 1pm", "Sa 10:00-13:00"),
    ("weekends 10-2", "Sa-Su 10:00-14:00"),
    ("Sun-Thu 10-6", "Mo-Th,Su 10:00-18:00"),
    ("Sun-Sat 10-6", "Mo-Su 10:00-18:00"),
    ("daily 8am-10pm", "Mo-Su 08:00-22:00"),
    ("8am-10pm daily", "Mo-Su 08:00-22:00"),
    ("7 days a week 8am-10pm", "Mo-Su 08:00-22:00"),
    ("every day 8am-10pm", "Mo-Su 08:00-22:00"),
    ("Everyday 8am - 10pm", "Mo-Su 08:00-22:00"),
    # Past midnight, noon, midnight.
    ("Fri 10pm-2am", "Fr 22:00-02:00"),
    ("Fri 10-2am", "Fr 22:00-02:00"),
    ("Fri 10pm-2", "Fr 22:00-02:00"),
    ("Fri & Sat 10 p.m. until 2 a.m.", "Fr-Sa 22:00-02:00"),
    ("daily 5pm to 9am", "Mo-Su 17:00-09:00"),
    ("daily 8am-2am", "Mo-Su 08:00-02:00"),
    ("daily 22:00-06:00", "Mo-Su 22:00-06:00"),
    ("daily noon-midnight", "Mo-Su 12:00-24:00"),
    ("daily midnight to 8 am", "Mo-Su 00:00-08:00"),
    ("daily 12am-8am", "Mo-Su 00:00-08:00"),
    ("daily 12pm-12am", "Mo-Su 12:00-24:00"),
    ("daily 6 at night to midnight", "Mo-Su 18:00-24:00"),
    ("midnight to midnight daily", "Mo-Su 00:00-24:00"),
    ("Mon 8am-8am next day", "Mo 08:00-32:00"),
    ("Mon-Fri 6am-10:30pm", "Mo-Fr 06:00-22:30"),
    # Spanish.
    ("lun-vie 9-5", OFFICE),
    ("Lun a Vie 9-5", OFFICE),
    ("L-V 9-5", OFFICE),
    ("L a V de 9 a 5", OFFICE),
    ("lunes a viernes de 9 a 5", OFFICE),
    ("Lunes a viernes, 9:00 a.m. a 5:00 p.m.", OFFICE),
    ("de lunes a viernes de 9am a 5pm", OFFICE),
    ("Lunes - Viernes: 09:00 - 17:00 hrs", OFFICE),
    ("lunes a viernes 9h a 17h", OFFICE),
    ("lunes a viernes de 9 de la mañana a 5 de la tarde", OFFICE),
    ("desde las 9 hasta las 5, lunes a viernes", OFFICE),
    ("entre semana de 9 a 5", OFFICE),
    ("abierto de lunes a viernes de 9 a 5", OFFICE),
    ("lun, mar, mié, jue y vie 9-5", OFFICE),
    ("lunes a viernes entre las 9 y las 5", OFFICE),
    ("sabados 10 a 2", "Sa 10:00-14:00"),
    ("Sábado de 10 a 2", "Sa 10:00-14:00"),
    ("sa\u0301bado de 10 a 2", "Sa 10:00-14:00"),
    ("fines de semana 10-2", "Sa-Su 10:00-14:00"),
    ("todos los días de 8am a 10pm", "Mo-Su 08:00-22:00"),
    ("todos los dias 8 a.m. - 10 p.m.", "Mo-Su 08:00-22:00"),
    ("diario 8am-10pm", "Mo-Su 08:00-22:00"),
    ("todos los lunes de 9 a 12", "Mo 09:00-12:00"),
    ("lun-vie 9-5, cerrado domingos y feriados", "Mo-Fr 09:00-17:00; PH off"),
    ("lun-vie 9-5, feriados cerrado", "Mo-Fr 09:00-17:00; PH off"),
    ("lun-vie 9-5; sáb 10-2; cerrado días festivos", "Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off"),
    ("lunes a viernes 9 a 5 excepto miércoles", "Mo-Tu,Th-Fr 09:00-17:00"),
    ("todos los días menos domingo 9-5", "Mo-Sa 09:00-17:00"),
    ("martes y jueves 1-7pm", "Tu,Th 13:00-19:00"),
    ("Mar y Jue 1-7pm", "Tu,Th 13:00-19:00"),
    ("Mar-Sab 10-6", "Tu-Sa 10:00-18:00"),
    ("lunes, miércoles y viernes 9 a 12 y 1 a 4", "Mo,We,Fr 09:00-12:00,13:00-16:00"),
    ("viernes 10 de la noche a 2 de la madrugada", "Fr 22:00-02:00"),
    ("viernes de 6pm a medianoche", "Fr 18:00-24:00"),
    ("lunes 8 a mediodía", "Mo 08:00-12:00"),
    # The notation itself, and both tongues at once.
    ("Mo-Fr 09:00-17:00; PH off", "Mo-Fr 09:00-17:00; PH off"),
    ("Mo-Fr 08:00-18:00; We 10:00-12:00", "Mo-Tu,Th-Fr 08:00-18:00; We 10:00-12:00"),
    ("Mo 12:00-13:00,08:00-10:00", "Mo 08:00-10:00,12:00-13:00"),
    ("mo-fr 09:00-17:00", OFFICE),
    ("off; PH 10:00-14:00", "off; PH 10:00-14:00"),
    ("closed; holidays 10-2", "off; PH 10:00-14:00"),
    ("Mon-Fri 9-5, sábado 10-2", "Mo-Fr 09:00-17:00; Sa 10:00-14:00"),
]

UNCLEAR = [
    # Which half of the day.
    ("Mon-Fri 6-9", "6-9"),
    ("Mon-Fri 8-8", "8-8"),
    ("Mon-Fri 12-12", "12-12"),
    ("Mon-Fri 9-9", "9-9"),
    ("Mon-Fri 7-7", "7-7"),
    ("Mon 7-9", "7-9"),
    ("Mon 5-9", "5-9"),
    ("Mon 6-2", "6-2"),
    ("Mon 8-10", "8-10"),
    ("Mon 7-11", "7-11"),
    ("Mon 6-12", "6-12"),
    ("Mon 4-12", "4-12"),
    ("Mon 8-7", "8-7"),
    ("Mon 9-midnight", "9-midnight"),
    ("Mon 6am-9", "6am-9"),
    ("Mon 09:00-05:00", "09:00-05:00"),
    ("Mon 1:00-17:00", "1:00-17:00"),
    ("lunes de 6 a 9", "6 a 9"),
    # Shifts that cannot be.
    ("Mon 9am-9am", "9am-9am"),
    ("Mon 9pm-5pm", "9pm-5pm"),
    ("Mon 8am-5am", "8am-5am"),
    ("Mon 6pm-12pm", "6pm-12pm"),
    ("Mon 9-25", "25"),
    ("Mon 9:75-5", "9:75"),
    ("Mon 13am-5pm", "13am"),
    ("Mon 9-12, 11-3", "11-3"),
    ("Mon 08:00-12:00, 01:00-04:00", "01:00-04:00"),
    ("Mon 9am", "9am"),
    ("Mon 9-", "9"),
    ("Mon 9-5-7", "-"),
    ("Mon-Fri 555-1212", "555"),
    # Days: none, twice, or not ours.
    ("9-5", "9-5"),
    ("9-17", "9-17"),
    ("09:00-17:00", "09:00-17:00"),
    ("Mon-Fri", "Mon-Fri"),
    ("Mon-Fri 9-5, Sat", "Sat"),
    ("9-5 Mon-Fri, 10-2", "10-2"),
    ("Mon-Fri 9-5, Wed 10-2", "Wed"),
    ("Mon-Fri 9-5; Wed 10-2", "Wed"),
    ("Mon-Fri 9-5 and Wed 10-2", "Wed"),
    ("Mon 9-5, Mon 10-6", "Mon"),
    ("lunes 9-5, lunes 10-6", "lunes"),
    ("24/7, Mon 9-5", "Mon"),
    ("Wed 9-5, closed Wed", "Wed"),
    ("M-W-F 9-5", "-"),
    ("Mon-Mon 9-5", "Mon-Mon"),
    ("S 9-5", "S"),
    ("L, M, V 9-5", "M"),
    ("lun, M, mie 9-5", "M"),
    ("M,T,W,T,F 9-5", "T"),
    ("Mon 12-12pm", "12-12pm"),
    ("Mon 12-12am", "12-12am"),
    ("Mon noon-12", "noon-12"),
    ("We open weekends 10-2", "We open"),
    ("We are closed Sunday", "We are closed Sunday"),
    ("Mon-Fri 9-5 and holidays, Sat 10-2", "holidays"),
    ("always closed", "closed"),
    ("9-5 Mon-Fri, Sat closed", "closed"),
    ("Mon-Fri 9-5, not Wed", "not"),
    ("Mon nights 8pm-8am", "nights"),
    ("Mar 9-5", "Mar"),
    ("Fri 5pm-Mon 8am", "Mon"),
    ("closed Sunday", "closed Sunday"),
    ("Su off", "Su off"),
    ("closed on holidays", "closed on holidays"),
    ("holidays 10-2", "holidays 10-2"),
    ("closed Sun, Mon, Wed 9-5", "9-5"),
    ("Mon-Fri 9-5, open holidays", "holidays"),
    # Exceptions the notation cannot hold.
    ("except Wed", "except"),
    ("Mon-Fri 9-5 except Wed 10-2", "10-2"),
    ("Mon-Fri 9-5 except lunch", "lunch"),
    ("Mon-Fri 9-5 except 12-1", "except"),
    ("Mon-Fri 9-5, closed 12-1", "12-1"),
    # What the notation has no words for.
    ("Mon-Fri 9-5 by appointment", "appointment"),
    ("by appointment only", "appointment"),
    ("con cita", "cita"),
    ("call for hours", "call"),
    ("llame para horario", "llame"),
    ("hours vary", "vary"),
    ("1st Monday 9-5", "1st"),
    ("first Monday of the month 9-5", "first"),
    ("primer lunes 9-5", "primer"),
    ("every other Tuesday 9-5", "other"),
    ("Mon-Fri 9-5 June-August", "June"),
    ("Dec 25 closed", "Dec"),
    ("enero a mayo lun-vie 9-5", "enero"),
    ("Mon-Fri 9-5, closed Christmas", "Christmas"),
    ("Mon-Fri 9-5 CST", "CST"),
    ("Mon-Fri 9 till late", "late"),
    ("Mon-Fri sunrise to sunset", "sunrise"),
    ("Mon-Fri 9-5?", "?"),
    ("Mon-Fri 9+", "9"),
    ("tbd", "tbd"),
    ("n/a", "n"),
    ("Mon-Fry 9-5", "Fry"),
    ("630-555-0100", "555"),
    ("1/2/2026 9-5", "2026"),
    ("\u0661-5 Mon", "\u0661"),
    ("<b>Mon-Fri 9-5</b>", "<"),
    ("Mon-Fri 9-5 🕘", "🕘"),
    ("Mon-Fri \u202e9-5", "hidden"),
    ("Mon-Fri\n9-5", "hidden"),
    ("Mon-Fri 9-5\x00", "hidden"),
    ("Mon 9-5, " * 23, "..."),
    ("Mon 12 in the morning-5pm", "12 in the morning"),
    ("lunes 12 de la mañana-5pm", "12 de la mañana"),
    ("Mon 24-8", "24-8"),
    ("Mon 1-2, 2-3, 3-4, 4-5, 5-6, 6-7, 7-8, 8-9", "1-2, 2-3"),
]


@pytest.mark.parametrize(("text", "expected"), SPELLINGS, ids=[text or "empty" for text, _ in SPELLINGS])
def test_reads_what_a_coordinator_means(text: str, expected: str) -> None:
    assert read(text) == expected
    assert read(expected) == expected


@pytest.mark.parametrize(("text", "piece"), UNCLEAR, ids=[ascii(text[:30]) for text, _ in UNCLEAR])
def test_refuses_what_is_not_clear_and_names_the_piece(text: str, piece: str) -> None:
    with pytest.raises(PlainHoursError) as caught:
        read(text)
    sentence = str(caught.value)
    assert piece in caught.value.piece
    assert f'"{caught.value.piece}"' in sentence
    assert f'for example, "{caught.value.example}"' in sentence
    assert read(caught.value.example)


@pytest.mark.parametrize(
    ("schedule", "english", "spanish"),
    [
        pytest.param("", "", "", id="not known"),
        pytest.param("24/7", "24/7", "24/7", id="always"),
        pytest.param("off", "closed", "cerrado", id="never"),
        pytest.param(
            "Mo-Fr 09:00-17:00; Sa 10:30-12:00,20:00-02:00; PH off",
            "Mon-Fri 9am-5pm; Sat 10:30am-noon & 8pm-2am; holidays closed",
            "lun-vie 9am-5pm; sáb 10:30am-mediodía & 8pm-2am; feriados cerrado",
            id="an office",
        ),
        pytest.param("Tu 09:00-24:00", "Tue 9am-midnight", "martes 9am-medianoche", id="no March"),
        pytest.param("Mo 08:00-32:00", "Mon 8am-8am next day", "lun 8am-8am del día siguiente", id="a day and a night"),
        pytest.param("Mo-Su 00:00-24:00", "every day 24 hours", "todos los días 24 horas", id="holidays unsaid"),
    ],
)
def test_writes_hours_as_a_coordinator_would(schedule: str, english: str, spanish: str) -> None:
    assert written(schedule) == english
    assert written(schedule, "es") == spanish


def test_says_what_hours_mean_day_by_day() -> None:
    assert meaning("Mo 20:00-02:00; Tu 09:00-12:00,13:00-17:00; We 00:00-24:00; Su 22:30-00:30") == [
        ("Monday", "8:00 pm, ends 2:00 am Tuesday"),
        ("Tuesday", "9:00 am to noon and 1:00 pm to 5:00 pm"),
        ("Wednesday", "open all day"),
        ("Thursday", "closed"),
        ("Friday", "closed"),
        ("Saturday", "closed"),
        ("Sunday", "10:30 pm, ends 12:30 am Monday"),
        ("Holidays", "not said: texters are told to call first"),
    ]


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        pytest.param("Mo-Fr 09:00-17:00; PH off", "closed", id="closed"),
        pytest.param("24/7", "open all day", id="always"),
        pytest.param("PH 18:00-24:00", "6:00 pm to midnight", id="till midnight"),
        pytest.param("PH 18:00-01:00", "6:00 pm, ends 1:00 am the next day", id="past midnight"),
    ],
)
def test_says_what_is_known_of_holidays(schedule: str, said: str) -> None:
    assert meaning(schedule)[-1] == ("Holidays", said)


def test_hours_that_are_not_known_mean_nothing() -> None:
    assert meaning("") == []


@st.composite
def days_of_shifts(draw: st.DrawFn) -> tuple[Span, ...]:
    """Give shifts of one day, in order and apart, on any minute; the last may end on the next day."""
    edges = sorted(draw(st.sets(st.integers(0, DAY - 1), max_size=4).filter(lambda edges: len(edges) % 2 == 0)))
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    if not spans or draw(st.booleans()):
        start = draw(st.integers(spans[-1][1] if spans else 0, DAY - 1))
        spans += [(start, start + draw(st.integers(1, DAY)))] if draw(st.booleans()) else []
    return tuple(spans)


WEEKS = st.builds(
    lambda kinds, which, holidays: Schedule(tuple(kinds[place % len(kinds)] for place in which), holidays),
    st.lists(days_of_shifts(), min_size=1, max_size=7),
    st.tuples(*[st.integers(0, 6)] * 7),
    st.none() | days_of_shifts(),
)


@given(WEEKS, st.sampled_from(["en", "es"]))
@settings(max_examples=1500 if THOROUGH else 100)
@example(Schedule(((),) * 7, ((0, DAY),)), "en")
@example(Schedule((((540, 540 + DAY),),) * 7), "es")
@example(Schedule(((), ((540, 1020),), (), (), (), (), ())), "es")
def test_what_is_written_is_read_back_unchanged(schedule: Schedule, language: str) -> None:
    text = str(schedule)
    assert parse(text) == schedule
    assert read(written(text, language)) == text


@given(WEEKS)
@settings(max_examples=500 if THOROUGH else 40)
def test_the_notation_is_read_as_it_is(schedule: Schedule) -> None:
    assert read(str(schedule)) == str(schedule)


def test_a_week_too_long_for_words_is_written_in_the_notation() -> None:
    week = tuple(((481 + day, 722), (783, 1021), (1082, 1203)) for day in range(7))
    text = str(Schedule(week))
    assert len(text) > MOST_CHARACTERS
    assert written(text) == text
    assert read(text) == text


PIECES = [piece for text, _ in (*SPELLINGS, *UNCLEAR) for piece in text.split()]


def read_or_refused(text: str) -> str | None:
    """Give what a text is read as, None for one that is refused."""
    try:
        return read(text)
    except PlainHoursError:
        return None


@given(st.text(max_size=220) | st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
@settings(max_examples=2000 if THOROUGH else 300)
@example("\u0130")
@example("\u0301")
@example("\ud800")
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read_or_refused(text)
    assert found is None or found == "" or read(found) == found


@pytest.mark.parametrize(
    "piece", ["9", "24 ", "mon-", "1-4,", "12 ", " ", "closed ", "7 days ", "all major ", "a. ", ";"]
)
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    begun = time.process_time()
    for length in (MOST_CHARACTERS, 5000):
        read_or_refused((piece * length)[:length] + "x")
    assert time.process_time() - begun < 0.5
