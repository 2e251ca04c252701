/* Reading words without understanding them: how many there are, and whether a quotation stands word for word in a text.
   It follows engagekit.scoring.words, so that the form says what marking will find. No document here, so node can test it. */
(function (ek) {
  "use strict";

  const LONGEST = 4000; // characters in one answer; the same as engagekit.model.MAX_TEXT
  const INVISIBLE = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]/g;
  const SINGLE = /[\u2018-\u201b\u2032`\u00b4]/g;
  const DOUBLE = /[\u201c-\u201f\u00ab\u00bb\u2033]/g;
  const SPACE = /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu;
  const WORD = /[\p{L}\p{N}]+(?:['\u2019-][\p{L}\p{N}]+)*/gu;
  const HALF = /\p{Cs}/gu;

  /** A text with invisible characters gone, quotation marks plain and white space single. */
  function plain(value) {
    const unified = value.normalize("NFC").replace(INVISIBLE, "").replace(SINGLE, "'").replace(DOUBLE, '"');
    return unified.replace(/[\u2010-\u2015]/g, "-").replace(/\u2026/g, "...").replace(SPACE, " ").trim();
  }

  /** A text without lone halves of a character pair, which no file can hold. */
  function whole(value) {
    return value.replace(HALF, "\ufffd");
  }

  /** The words from `start` to `end` of a text, with a word that is cut at either end taken whole. */
  function wholeWords(value, start, end) {
    let [from, to] = [start, end];
    for (const { index, 0: word } of value.matchAll(WORD)) {
      if (index < start && start < index + word.length) from = index;
      if (index < end && end < index + word.length) to = index + word.length;
    }
    return value.slice(from, to).replace(/\s+/g, " ").trim();
  }

  function wordCount(value) {
    return (plain(value).match(WORD) || []).length;
  }

  function isBlank(value) {
    return wordCount(value) === 0;
  }

  /** What tells whether a quotation stands in a plain text, from whole word to whole word. Marks and dots around it, and a capital at its beginning, are forgiven. */
  function finder(quotation) {
    const wanted = plain(quotation).replace(/^["'. ]+|["'. ]+$/g, "");
    if (isBlank(wanted)) return () => false;
    const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    const [first] = wanted;
    const begin = "(?:" + escape(first) + "|" + escape(first.toLowerCase() === first ? first.toUpperCase() : first.toLowerCase()) + ")";
    const whole = new RegExp("(?<![\\p{L}\\p{N}])" + begin + escape(wanted.slice(first.length)) + "(?![\\p{L}\\p{N}])", "u");
    return (text) => whole.test(text);
  }

  function contains(text, quotation) {
    return finder(quotation)(plain(text));
  }

  /** How many characters over the longest answer; 0 when it fits. */
  function excess(value) {
    return Math.max(0, [...value].length - LONGEST);
  }

  function tooLong(value) {
    const over = excess(value);
    return over > 0 ? "This is too long by " + ek.dom.count(over, "character") + ". Shorten it so that it can be saved." : "";
  }

  /** "need" for "Need"; "SMART goal" stays as it is. */
  function lower(name) {
    return /^\p{Lu}\p{Lu}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
  }

  function plural(name) {
    if (/[^aeiou]y$/.test(name)) return name.slice(0, -1) + "ies";
    return name + (/(s|x|ch|sh)$/.test(name) ? "es" : "s");
  }

  ek.formText = { LONGEST, plain, whole, wholeWords, wordCount, isBlank, finder, contains, excess, tooLong, lower, plural };
})((globalThis.engagekit = globalThis.engagekit || {}));
