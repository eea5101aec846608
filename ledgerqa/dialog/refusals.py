"""What is no question to a ledger: orders to change it, forecasts, advice, and instructions in disguise.

Instructions inside a question change nothing.  They are taken out; what remains is read as if they were not there.
"""

from __future__ import annotations

import re

from ledgerqa.dialog.words import fold
from ledgerqa.records import Refusal

_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+|\n+")
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|drop)\b.*\b(?:rules?|instructions?|prompts?|guidelines?|evidence|previous|above|everything|constraints?|training|polic(?:y|ies)|safety)\b"
    r"|\bsystem (?:override|prompt|message|instruction)\b|\byou (?:are now|may (?:now )?(?:edit|ignore|delete|change)|must now|have been|will now|can now)\b|\bact as\b|\bpretend\b|\broleplay\b|\brole-play\b"
    r"|\b(?:claim|say|state|report|answer|reply|respond|assert|confirm)\b (?:only |just |simply )?(?:that |with |'|\"|my|the|it|yes|no)\b.*\b(?:holds?|is|has|are|done|hold)\b"
    r"|\breply (?:only|just|with)\b|\brespond (?:only|just|with)\b|\b(?:developer|admin|god|debug|jailbreak) mode\b|\bno matter what\b|\bfrom now on\b"
    r"|\bmake (?:up|it up)\b|\binvent\b|^(?:assistant|system|user)\s*:"
)
_PROMPT = re.compile(r"\b(?:system|hidden|initial|original|secret|your) (?:\w+ )?(?:prompt|instructions?|rules|configuration|guidelines)\b|\byour prompt\b")
_CHANGE = re.compile(
    r"^(?:please |pls |now |can you |could you |would you |will you |i want you to |i'?d like you to |go ahead and |you should |you must |just )*"
    r"(?:delete|remove|erase|wipe|edit|modify|alter|overwrite|rename|insert|append|fix|correct|move|recategori[sz]e|reclassify|merge|void|cancel|purge|truncate|write|create|book|enter|record|post|add|update|change|set|close|open|pay|transfer|send|import|commit|tag)\b"
    r"(?! up\b).*\b(?:entr(?:y|ies)|transactions?|postings?|ledger|files?|accounts?|books?|budget|payee|tags?|records?|lines?|narrations?|amounts?|directives?|balances?|everything|all|prices?|option|journal|to|from|for|coffee|lunch)\b"
)
_DESTRUCTIVE = re.compile(r"^(?:please |pls |now |just |go ahead and |can you |could you )*(?:delete|erase|wipe|purge|overwrite|rename|edit|modify|reclassify|recategori[sz]e)\b")
_CHANGE_QUESTION = re.compile(r"\b(?:can|could|would|will) you (?:please )?(?:delete|remove|edit|change|modify|add|book|fix|move|rename|update|insert|pay|transfer|send)\b")
_FORECAST = re.compile(
    r"\bforecasts?\b|\bpredict\w*\b|\bproject(?:ion|ions|ed)\b(?! account)|\bwhat will\b|\bhow much will\b|\bhow (?:many|long) will\b|\bwhen will\b|\bwill (?:i|we|my|our|the|it)\b|\b(?:is|are|am) (?:i|we|it|my|our) (?:going|likely) to\b"
    r"|\bgoing to (?:cost|be|spend|earn|have)\b|\bwould (?:i|we) have (?:had )?if\b|\bwhat if\b|\bif i (?:had|keep|continue|save|invest|stop)\b|\bin the future\b|\bby the time i\b|\bhow long until\b|\bon track to\b|\bexpect(?:ed)? to (?:spend|earn|have)\b|\bwhen can i (?:retire|afford)\b|\bnext (?:year|month|week)'?s\b"
)
_ADVICE = re.compile(
    r"\bshould (?:i|we)\b|\bought (?:i|we)\b|\badvi[cs]e\b|\brecommend\w*\b|\bis it (?:wise|smart|worth|safe|ok|okay|a good idea)\b|\bgood (?:idea|investment)\b|\bhow (?:can|could|do|should) (?:i|we) (?:save|reduce|cut|lower|invest|improve|optimi[sz]e|spend less|earn more|make more)\b|\bwhat(?:'s| is) the best (?:way|stock|fund|bank|card)\b|\btips?\b (?:for|on|to)\b|\bcan i afford\b|\bam i (?:rich|poor|saving enough|spending too much)\b|\btoo much\b"
)
_ELSEWHERE = (
    (re.compile(r"\bcredit (?:score|rating|report|history|limit)\b|\bfico\b|\bschufa\b"), "a credit score or limit"),
    (re.compile(r"\bweather\b|\bnews\b|\bjoke\b|\bpoem\b|\bpresident\b|\bcapital (?:city )?of\b|\brecipe\b|\bsports? score\b|\bmeaning of life\b|\btranslate\b|\bwho (?:are|made|built|created) you\b|\bhow are you\b|\bwhat time is it\b|\bwhat day is it\b|\bsong\b|\bstory\b"), "such things"),
    (re.compile(r"\bhow many (?:people|persons|members|employees|users|customers|clients|tenants|children|kids|staff|subscribers|visitors|students|volunteers|attendees|guests|participants)\b(?! (?:did|do|have|has|are|were|was) (?:i|we) (?:pay|paid|pays?|bill|owe))"), "how many people there are"),
    (re.compile(r"\bhow many (?:miles|kilomet(?:er|re)s|km|lit(?:er|re)s|gallons|kwh|hours|steps|calories)\b(?! .*\b(?:vacation|holiday|leave)\b)"), "quantities that nobody booked"),
    (re.compile(r"\b(?:phone number|email|e-mail|address|password|pin|birthday|date of birth|ssn|social security number|passport)\b(?: of| for)? (?:my|the|our)? ?(?:wife|husband|boss|friend|mother|father|president|neighbou?r)\b|\bmy (?:password|pin|birthday|age|weight)\b"), "that"),
    (re.compile(r"\binflation\b|\bgdp\b|\binterest rates? (?:of|by|at) the (?:fed|ecb|bank of england)\b|\bstock market\b|\bmortgage rates?\b"), "the economy at large"),
)
_RATE = re.compile(r"\binterest rates?\b|\bapr\b|\bapy\b|\btax (?:rate|bracket)\b|\brate of interest\b|\bloan terms?\b|\bmaturity date\b")


def without_instructions(text: str) -> str:
    """The text less the sentences that try to instruct; the rest unchanged ("" where nothing is left)."""
    kept = [part for part in _SENTENCE.split(text) if part.strip() and not _INSTRUCTION.search(fold(part))]
    return " ".join(_past_opener(part) for part in kept)


def instructions(text: str) -> str:
    """The sentences that try to instruct, for what they name ("claim that my savings hold 5": my savings)."""
    return " ".join(part for part in _SENTENCE.split(text) if _INSTRUCTION.search(fold(part)))


def _past_opener(part: str) -> str:
    """ "Then tell me what it holds": the opening words of an instruction that is a question after all."""
    return re.sub(r"^\s*(?:then|and then|after that|next),?\s+", "", part, flags=re.IGNORECASE)


def refusal(asked: str, rest: str) -> Refusal | None:
    """Why this is no question to the ledger; None where it may be one.  `rest` is it without instructions."""
    folded = fold(rest).strip()
    if _PROMPT.search(folded) or (not folded and _PROMPT.search(fold(asked))):
        return Refusal("That is no question about the ledger; only what stands in the ledger can be told.", EXAMPLES)
    if not folded or not re.search(r"\w", folded):
        return Refusal("There is no question about the ledger in this.", EXAMPLES)
    if _DESTRUCTIVE.search(folded):
        return _changing()
    if any(_CHANGE.search(part) for part in _SENTENCE.split(folded)) and not re.search(r"^(?:what|how|when|which|who|show|list|did|is|are|was)\b", folded):
        return _changing()
    if _CHANGE_QUESTION.search(folded):
        return _changing()
    if _FORECAST.search(folded):
        return Refusal("A ledger says what was, not what will be: it holds no forecast.", ("What was it at the last price on file?", "How did it change over the last years?"))
    if _ADVICE.search(folded):
        return Refusal("The ledger can say what was booked, but gives no advice.", EXAMPLES)
    for pattern, what in _ELSEWHERE:
        if pattern.search(folded):
            return Refusal(f"The ledger does not say: {what} cannot be told from its entries.", EXAMPLES)
    return None


def rate_refusal(text: str) -> Refusal | None:
    """Terms of a contract, which no entry states (asked only when no metadata of that name exists)."""
    found = _RATE.search(fold(text))
    if not found:
        return None
    return Refusal(f"No entry of this ledger states the {found.group()}; it holds amounts, not terms.", ("How much interest was paid last year?",))


def _changing() -> Refusal:
    return Refusal("Nothing can be changed from here: the ledger is only ever read.", ("Ask for the entries, and edit the files they are cited from.",))


EXAMPLES = ("How much did I spend last month?", "What is my net worth?", "Show the largest payments of this year.")
