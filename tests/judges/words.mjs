// words.mjs -- what counts as a word when a letter's source and text read back from its PDF
// are compared, and how the words of one are found among the words of the other.

// Marks that a style or a locale adds or changes: quotation marks go; the apostrophe has two
// forms; direction marks and joiners are not visible.
export function clean(text) {
    return text.normalize('NFC')
        .replace(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\u061C\uFEFF]/g, '')
        .replace(/[“”„‟«»‹›"]/g, ' ')
        .replace(/([\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\u30FC\u3001-\u303F\uFF01-\uFF60])/gu, ' $1 ')
        .replace(/[’‘‚‛ʼ]/g, "'")
        .replace(/(?<=^|\s|\p{P})'|'(?=$|\s|\p{P})/gu, ' ')
        .replace(/([;:!?…])/g, ' $1 ') // French sets a space there, English none
        .split(/[\s\u00A0\u202F\u2000-\u200A\u3000]+/u)
        .filter(w => w !== '' && w !== "'");
}

// GENERATED stands in a source text where the program prints what the source leaves open:
// a date, a field, an empty reference.  NOTE stands where a note's mark goes.
export const GENERATED = '\uE000';
export const NOTE = '\uE001';
const MOST_GENERATED = 10; // words that a generated piece may have

const hyphenEnd = /[-\u00AD\u2010]$/;
const unspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
const noteMark = /^[(\[]?[\p{Nd}*†‡§¶]{1,4}[)\]]?$/u;

// The source of one block as wanted words: { text, note } or { any: true }.
export function wanted(text) {
    const list = [];
    for (const raw of clean(text)) {
        if (raw.includes(GENERATED)) {
            list.push({ any: true });
            continue;
        }
        const text = raw.replaceAll(NOTE, '').replaceAll('\u00AD', '');
        if (text === '') {
            if (list.length)
                list[list.length - 1].note = true;
        } else {
            list.push({ text, note: raw.includes(NOTE) });
        }
    }
    return list;
}

// Ways in which the wanted word may stand at words[i]: each gives the index behind it.
function endsOf(want, words, i, caseless) {
    const fold = s => (caseless ? s.toLowerCase() : s);
    const target = fold(want.text);
    const ends = [];
    // stem: what of the word was read so far; depth: line ends passed inside it
    const grow = (stem, k, depth) => {
        if (k >= words.length || stem.length > target.length || depth > 6)
            return;
        const w = words[k];
        const t = fold(w.text.replace(/\u00AD(?=.)/g, ''));
        for (const whole of new Set([stem + t, stem + t.replace(/\u00AD$/, '')])) {
            if (whole === target)
                ends.push(k + 1);
            else if (want.note && whole.startsWith(target) && noteMark.test(whole.slice(target.length)))
                ends.push(k + 1);
            else if (want.note && noteInside(whole, target))
                ends.push(k + 1);
            else if (want.note && k + 1 < words.length && noteInside(whole + words[k + 1].text, target))
                ends.push(k + 2); // a reader put a space behind the raised mark
            else if (want.note && k + 2 < words.length &&
                noteInside(whole + words[k + 1].text + words[k + 2].text, target))
                ends.push(k + 3); // and one before it
        }
        if (!w.endsLine || stem + t.slice(0, -1) === '')
            return;
        if (hyphenEnd.test(t)) { // divided at the line's end: the hyphen was added, or was there
            for (const next of afterLine(words, k)) {
                grow(stem + t.slice(0, -1), next, depth + 1);
                grow(stem + t.slice(0, -1) + '-', next, depth + 1);
                if (t.endsWith('\u2010'))
                    grow(stem + t, next, depth + 1);
            }
        } else if (/[\u2013\u2014/]$/.test(t) || /[@/]|\w\.\w/.test(target) || unspaced.test(t)) {
            // a dash or stroke of the source's own, an address divided without a mark, or a
            // script whose words follow each other without a space
            for (const next of afterLine(words, k))
                grow(stem + t, next, depth + 1);
        }
    };
    grow('', i, 0);
    return [...new Set(ends)];
}

// "word1," where the source has word NOTE ","
function noteInside(whole, target) {
    const m = /^(.*?)([(\[]?[\p{Nd}*†‡§¶]{1,4}[)\]]?)(\p{P}*)$/u.exec(whole);
    return m !== null && m[1] + m[3] === target;
}

// Where a line may go on: the next word, or a word early on the next page, past its head.
function afterLine(words, k) {
    const next = [k + 1];
    const page = words[k].page;
    let j = k + 1;
    while (j < words.length && words[j].page === page)
        j++;
    for (let n = 0; j < words.length && words[j].page === page + 1 && n < 60; n++, j++)
        if (j !== k + 1)
            next.push(j);
    return next;
}

// Find the wanted words in order, from words[i] on.  Between two of them nothing else may
// stand, except a note's mark, what the foot of one page and the head of the next bring,
// and the generated pieces.  Gives the place of each, or where it went wrong.
export function matchAt(list, words, i, caseless) {
    const found = new Array(list.length); // { start, end } of each wanted word
    let furthest = { at: -1, word: i };
    let steps = 0;
    const from = (n, k) => {
        if (n === list.length)
            return k;
        if (steps++ > 200000)
            return -1;
        if (n > furthest.at)
            furthest = { at: n, word: k };
        const want = list[n];
        if (want.any) {
            for (let more = 1; more <= MOST_GENERATED && k + more <= words.length; more++) {
                found[n] = { start: k, end: k + more };
                const end = from(n + 1, k + more);
                if (end >= 0)
                    return end;
            }
            return -1;
        }
        if (k < words.length) {
            for (const end of endsOf(want, words, k, caseless)) {
                found[n] = { start: k, end };
                const done = from(n + 1, end);
                if (done >= 0)
                    return done;
            }
            if (n > 0 && list[n - 1].note && noteMark.test(words[k].text)) {
                const done = from(n, k + 1);
                if (done >= 0)
                    return done;
            }
        }
        if (n === 0 || k === 0 || caseless)
            return -1; // what may be in capitals, a name or a cell, never runs over a page
        // Over the page: whatever is left of this page, and the head of the next, is not ours.
        const page = words[k - 1].page;
        let j = k;
        while (j < words.length && words[j].page === page)
            j++;
        for (let m = 0; j < words.length && words[j].page === page + 1 && m < 80; m++, j++) {
            if (j === k)
                continue;
            for (const end of endsOf(want, words, j, caseless)) {
                found[n] = { start: j, end };
                const done = from(n + 1, end);
                if (done >= 0)
                    return done;
            }
        }
        return -1;
    };
    const end = from(0, i);
    return end >= 0 ? { end, found } : { end: -1, furthest };
}

// Of the matches that end at the same place the one that starts last: a first word far above, on
// the page before, is not the block's.
function tightest(list, words, match, caseless) {
    let best = match;
    for (let i = match.start + 1; i + list.length <= match.end; i++) {
        if (!list[0].any && endsOf(list[0], words, i, caseless).length === 0)
            continue;
        const m = matchAt(list, words, i, caseless);
        if (m.end === match.end)
            best = { start: i, end: m.end, found: m.found };
    }
    return best;
}

// The first place at or after `start` where the block stands; null and the best try if none.
export function findBlock(list, words, start, caseless) {
    let best = { at: -1 };
    for (let i = start; i < words.length; i++) {
        if (!list[0].any && endsOf(list[0], words, i, caseless).length === 0)
            continue;
        const m = matchAt(list, words, i, caseless);
        if (m.end >= 0)
            return tightest(list, words, { start: i, end: m.end, found: m.found }, caseless);
        if (m.furthest.at > best.at)
            best = m.furthest;
    }
    return { start: -1, best };
}

// The places of all blocks of a letter (source.mjs) among the words.  Flow blocks follow each
// other.  Of several places of another block the first that nobody has taken is its own,
// looked for from the block before it in the same part of the letter on.
// Gives, for each block: { block, list, at }, at as from findBlock; none for what is generated.
export function locate(blocks, words) {
    const used = new Uint8Array(words.length);
    const located = [];
    const lanes = new Map(); // part of the letter -> where its last block stands
    let after = 0;
    for (const block of blocks) {
        const list = wanted(block.text);
        if (list.every(w => w.any))
            continue;
        // A style may set anything but running text in capitals.
        const caseless = !/(^|\/)(p|item|note|quote)$/.test(block.kind);
        const unused = start => {
            let at = findBlock(list, words, start, caseless);
            while (at.start >= 0 && used[at.found.find((_, n) => !list[n].any).start])
                at = findBlock(list, words, at.start + 1, caseless);
            return at;
        };
        const lane = b => (b.kind === 'note' ? 'notes' : b.part);
        let at;
        if (block.flow) {
            at = findBlock(list, words, after, caseless);
        } else {
            // what is in meta is printed in an order of the style's own
            at = unused(block.part?.name === 'meta' ? 0 : lanes.get(lane(block)) ?? 0);
            if (at.start < 0)
                at = unused(0);
            if (at.start < 0) // said once where the source says it twice: both are there
                at = findBlock(list, words, 0, caseless);
        }
        located.push({ block, list, at, before: block.flow ? after : -1, used: used.slice() });
        if (at.start < 0)
            continue;
        if (block.flow)
            after = at.end;
        else
            lanes.set(lane(block), at.start);
        for (const { start, end } of at.found)
            used.fill(1, start, end);
    }
    return located;
}
