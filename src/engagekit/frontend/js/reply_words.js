/* Cut what a learner typed into words. The twin of scoring/reply_words.py: the same walk over code points. */
(function (ek) {
  "use strict";

  const NONE = 0;
  const PAUSE = 1;
  const STOP = 2;
  const OPAQUE = "\u201c"; // what somebody else's quoted words are read as, in one piece: no cue can match it

  const APOSTROPHES = new Set("'\u2019\u2018\u02bc\u2032`\u00b4");
  const OPEN = new Set('"\u201c\u201d\u201e\u00ab');
  const CLOSE = new Set('"\u201c\u201d\u00bb');
  const SINGLE_OPEN = new Set("'\u2018`");
  const SINGLE_CLOSE = new Set("'\u2019\u00b4");
  const PAUSES = new Set(",;:\u2013\u2014\u2026\u2022|");
  const QUESTION = new Set("?\uff1f\u203d");
  const STOPS = new Set("!\uff01\u3002\n\r\u2028\u2029?\uff1f\u203d");
  const LONGEST_QUOTE = 300;

  const codeOf = (char) => char.codePointAt(0);

  /** A letter or a digit, by ranges that both languages share. */
  function isWord(char) {
    const code = codeOf(char);
    if (code < 0xc0) return (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || (char >= "0" && char <= "9");
    if (code < 0x2000) return code !== 0xd7 && code !== 0xf7;
    return (code >= 0x2c00 && code <= 0x2dff) || (code >= 0x3040 && code <= 0xd7ff) || (code >= 0x20000 && code <= 0x3ffff);
  }

  /** Joiners, soft hyphens, emoji variation marks: they take no room. */
  function isInvisible(char) {
    const code = codeOf(char);
    const joins = (code >= 0x200b && code <= 0x200f) || (code >= 0x2060 && code <= 0x2064) || (code >= 0xfe00 && code <= 0xfe0f);
    return joins || code === 0xad || code === 0xfeff;
  }

  /** A to Z in lower case; other letters stay, since no cue has them. */
  function lower(text) {
    return text.replace(/[A-Z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 32));
  }

  function wordEnd(chars, at) {
    let end = at;
    while (end < chars.length) {
      const joins = APOSTROPHES.has(chars[end]) || isInvisible(chars[end]);
      if (!isWord(chars[end]) && !(joins && end + 1 < chars.length && isWord(chars[end + 1]))) break;
      end += 1;
    }
    return end;
  }

  /** What a character between words does: nothing, a pause or a stop. */
  function boundary(chars, at, words, shortForms) {
    const char = chars[at];
    const after = at + 1 < chars.length ? chars[at + 1] : " ";
    const earlier = at ? chars[at - 1] : " ";
    const last = words[words.length - 1];
    if (STOPS.has(char)) return STOP;
    if (char === ".") {
      if (after === "." || earlier === ".") return PAUSE;
      const inside = isWord(after) && last && (Array.from(last.norm).length === 1 || (earlier >= "0" && earlier <= "9"));
      return inside || (last && shortForms.includes(last.norm)) ? NONE : STOP;
    }
    if (char === "-") return " -".includes(earlier) || " -".includes(after) ? PAUSE : NONE;
    const symbol = codeOf(char) >= 0x2190 && !isInvisible(char);
    return PAUSES.has(char) || symbol ? PAUSE : NONE;
  }

  /** Where the quotation that opens at a position closes, or -1. */
  function quoteEnd(chars, at, elisions) {
    const last = Math.min(chars.length, at + LONGEST_QUOTE);
    if (OPEN.has(chars[at])) {
      for (let i = at + 1; i < last; i += 1) if (CLOSE.has(chars[i])) return i;
      return -1;
    }
    if (!SINGLE_OPEN.has(chars[at]) || (at && isWord(chars[at - 1]))) return -1;
    if (at + 1 === chars.length || !isWord(chars[at + 1])) return -1;
    if (elisions.includes(lower(chars.slice(at + 1, wordEnd(chars, at + 1)).join("")))) return -1;
    for (let i = at + 2; i < last; i += 1) {
      if (chars[i] === "\r" || chars[i] === "\n") return -1;
      if (SINGLE_CLOSE.has(chars[i]) && (i + 1 === chars.length || !isWord(chars[i + 1]))) return i;
    }
    return -1;
  }

  function quotes(chars, elisions) {
    const found = [];
    for (let at = 0; at < chars.length; at += 1) {
      const end = quoteEnd(chars, at, elisions);
      if (end > at) {
        found.push([at, end]);
        at = end;
      }
    }
    return found;
  }

  /** The plain words between the last stop and a quotation. */
  function leadBefore(chars, start) {
    let first = start;
    while (first && !STOPS.has(chars[first - 1]) && chars[first - 1] !== "." && !CLOSE.has(chars[first - 1])) first -= 1;
    const kept = chars.slice(first, start).filter((char) => !APOSTROPHES.has(char));
    return lower(kept.map((char) => (isWord(char) ? char : " ")).join("")).split(" ").filter(Boolean).join(" ");
  }

  /** A quotation is the learner's own line when it is all there is, or "I would say" leads in. */
  function isOwn(chars, start, end, leads) {
    const lead = leadBefore(chars, start);
    if (leads.includes(lead)) return true;
    return lead === "" && !chars.slice(end + 1).some(isWord) && !chars.slice(0, start).some(isWord);
  }

  /** Add a word, its contraction spelt out. */
  function add(result, chars, start, end, before, cues) {
    const kept = chars.slice(start, end).filter((char) => !isInvisible(char));
    const plain = lower(kept.map((char) => (APOSTROPHES.has(char) ? "'" : char)).join(""));
    const full = Object.hasOwn(cues.expand, plain) ? cues.expand[plain] : plain;
    full.split(" ").forEach((norm, number) => {
      result.words.push({ norm, start, end, before: number ? NONE : before, asked: !number && result.asked });
    });
    result.asked = false;
    const [slip, last] = result.words.slice(-2);
    if (!last || slip.norm !== "your" || last.before !== NONE || !cues.your_for_you_are.includes(last.norm)) return;
    const are = { norm: "are", start: slip.start, end: slip.end, before: NONE, asked: false };
    result.words.splice(-2, 2, Object.assign({}, slip, { norm: "you" }), are, last);
  }

  /** The words of a text in order, and whether a question mark follows the last. `chars` holds code points. */
  function cut(chars, cues) {
    const result = { words: [], asked: false, quoted: false };
    const closing = new Map();
    const opening = new Set();
    for (const [start, end] of quotes(chars, cues.elisions)) {
      if (isOwn(chars, start, end, cues.leads)) opening.add(start);
      else closing.set(start, end);
    }
    let before = STOP;
    let at = 0;
    while (at < chars.length) {
      if (closing.has(at)) {
        const end = closing.get(at) + 1;
        result.words.push({ norm: OPAQUE, start: at, end, before, asked: result.asked });
        Object.assign(result, { quoted: true, asked: false });
        before = NONE;
        at = end;
      } else if (isWord(chars[at])) {
        const end = wordEnd(chars, at);
        add(result, chars, at, end, before, cues);
        before = NONE;
        at = end;
      } else {
        before = Math.max(before, opening.has(at) ? STOP : boundary(chars, at, result.words, cues.short_forms));
        result.asked = result.asked || QUESTION.has(chars[at]);
        at += 1;
      }
    }
    return result;
  }

  ek.replyWords = { NONE, PAUSE, STOP, OPAQUE, cut };
})((globalThis.engagekit = globalThis.engagekit || {}));
