/* The learner's declaration, and the hash that ties it to the answers it was made for: SHA-256 in plain JavaScript, because
   a browser has none to offer on a plain http page. The same as engagekit.model.answers_hash. No document here, so node can test it. */
(function (ek) {
  "use strict";

  const AI = ["none", "language", "ideas", "drafting"];

  /** By code point, as Python sorts; JavaScript by itself sorts by halves of pairs. */
  function byCodePoint(one, other) {
    const left = [...one].map((each) => each.codePointAt(0));
    const right = [...other].map((each) => each.codePointAt(0));
    const at = left.findIndex((code, index) => code !== right[index]);
    if (at < 0) return left.length - right.length;
    return at >= right.length ? 1 : left[at] - right[at];
  }

  /** JSON with sorted keys and no spaces. */
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const pairs = Object.keys(value).sort(byCodePoint).map((name) => JSON.stringify(name) + ":" + canonical(value[name]));
    return "{" + pairs.join(",") + "}";
  }

  /** The first 32 bits of the fractional part of a root of the first primes: the numbers that SHA-256 begins from. */
  function roots(many, power) {
    const found = [];
    for (let number = 2; found.length < many; number += 1) {
      let prime = true;
      for (let by = 2; by * by <= number; by += 1) prime = prime && number % by !== 0;
      if (prime) found.push((number ** power % 1) * 2 ** 32 | 0);
    }
    return found;
  }

  const START = roots(8, 1 / 2);
  const ROUND = roots(64, 1 / 3);
  const turned = (word, by) => (word >>> by) | (word << (32 - by));

  function padded(bytes) {
    const length = Math.ceil((bytes.length + 9) / 64) * 64;
    const data = new Uint8Array(length);
    data.set(bytes);
    data[bytes.length] = 0x80;
    const view = new DataView(data.buffer);
    view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(length - 4, (bytes.length * 8) >>> 0);
    return view;
  }

  function block(view, at, hash) {
    const words = new Int32Array(64);
    for (let index = 0; index < 64; index += 1) {
      if (index < 16) {
        words[index] = view.getInt32(at + index * 4);
        continue;
      }
      const early = words[index - 15];
      const late = words[index - 2];
      const first = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
      const second = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
      words[index] = words[index - 16] + first + words[index - 7] + second;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let index = 0; index < 64; index += 1) {
      const choice = (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g));
      const one = (h + choice + ROUND[index] + words[index]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    return [a, b, c, d, e, f, g, h].map((word, index) => (word + hash[index]) | 0);
  }

  /** SHA-256 of a text, as 64 hexadecimal characters. */
  function sha256(text) {
    const view = padded(new TextEncoder().encode(text));
    let hash = START;
    for (let at = 0; at < view.byteLength; at += 64) hash = block(view, at, hash);
    return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  function answersHash(answers) {
    return sha256(canonical(answers));
  }

  /** A declaration for these answers, as the file holds it. */
  function make(draft, answers) {
    return { own_work: draft.own_work, ai: draft.ai, said: ek.formText.whole(draft.said), content: answersHash(answers) };
  }

  function isOne(value) {
    return value !== null && typeof value === "object" && value.own_work === true && AI.includes(value.ai) && typeof value.said === "string";
  }

  /** A declaration that was made for just these answers, or null. */
  function read(value, answers) {
    if (!isOne(value) || value.content !== answersHash(answers)) return null;
    return { own_work: true, ai: value.ai, said: value.said, content: value.content };
  }

  ek.formDeclaration = { AI, canonical, sha256, answersHash, make, read };
})((globalThis.engagekit = globalThis.engagekit || {}));
