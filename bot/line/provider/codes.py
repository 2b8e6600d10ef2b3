"""What the provider's error codes mean for the line, and which of them somebody must look into."""

from collections.abc import Mapping

#: Source of each: the provider's page of that code, https://www.twilio.com/docs/api/errors
MEANINGS: Mapping[int, str] = {
    11200: "The line did not answer, or not as it should: an engineer must look today.",
    11205: "The line could not be reached: an engineer must look today.",
    11217: "The line refused a text: an engineer must look today.",
    12100: "The line's answer could not be read: an engineer must look today.",
    12200: "The line's answer had a fault: an engineer must look.",
    12300: "The line's answer was of the wrong kind: an engineer must look.",
    14103: "A reply was empty or too long.",
    14107: "Two numbers answered each other in a circle, and were stopped.",
    14109: "A reply had too many parts.",
    21408: "Texts to that country are switched off.",
    21608: "The account is still a trial: it reaches known phones only.",
    21610: "They sent STOP before: no reply reaches them until they send START.",
    21617: "A reply was too long.",
    21635: "The reply was for a landline, which takes no texts.",
    23002: "Hiding numbers at the provider clashes with its way of handling STOP.",
    30003: "The phone could not be reached: switched off, or no signal.",
    30005: "The number is not in use.",
    30006: "A landline, or a carrier that could not be reached.",
    30007: "A carrier filtered the reply as unwanted: if there are several, look at its words.",
    30008: "It was not delivered, and the carrier does not say why.",
    30034: "The line's number belongs to no registered campaign: replies do not arrive. Put that right today.",
    30039: "A text that looked made by a machine was not passed on to the line.",
    30450: "Blocked as suspicious: many texts to one range of numbers.",
    30610: "Held back for the night: switch the provider's quiet hours off today.",
    57012: "A signature did not match: an engineer must look.",
}

#: Replies do not leave, do not arrive, or texts do not come in: one of them in a day is one too many.
SERIOUS = frozenset({11200, 11205, 11217, 12100, 12200, 12300, 14103, 14109, 21617, 30034, 30450, 30610, 57012})
#: Carriers swallow these without a word to anybody: a person has to judge how many are usual.
SILENT = frozenset({30007, 21610})
