// ocr.mjs LETTER-DUMP PAGE-TEXT... -- how much of what a letter says can be read off its pages.
//
// LETTER-DUMP is what --dump=letter prints: the text of the source, dates and formulas filled
// in.  Each PAGE-TEXT is what tesseract made of the picture of a page.  Every block of the letter
// is looked for wherever it fits best, whole or divided between two pages; what has to be
// changed, added or left out to make it fit counts.  Prints the errors in a hundred characters.
import fs from 'node:fs';

// What printing does not show, and what a reader of pictures takes one for another.
function plain(text) {
    return text.normalize('NFC')
        .replace(/[-\u00AD\u2010]\n(?=\p{L})/gu, '')
        .replace(/[\u0610-\u061A\u0640\u064B-\u065F\u0670]/g, '') // marks and lengthening
        .replace(/[\u0660-\u0669]/g, c => String(c.charCodeAt(0) - 0x660))
        .replace(/[\u06F0-\u06F9]/g, c => String(c.charCodeAt(0) - 0x6F0))
        .replace(/[\u0643\u06A9]/g, '\u06A9').replace(/[\u0649\u064A\u06CC]/g, '\u06CC')
        .replace(/ﬁ/g, 'fi').replace(/ﬂ/g, 'fl')
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
        .trim();
}

// The blocks of a letter's dump: for each line that is running text its strings, joined.
function blocks(dump) {
    const found = [];
    for (const line of dump.split('\n')) {
        const m = /^\s*(p|salute|courtesy|subject|note \d+ \d+|item) \S+ (.*)$/.exec(line);
        if (!m)
            continue;
        let text = '';
        const rest = m[2].replace(/\[note "[^"]*"\]/g, ' ');
        for (const [, s] of rest.matchAll(/"((?:[^"\\]|\\.)*)"/g))
            text += s.replace(/\\(.)/g, '$1');
        // A reader of one script does not read another: Latin words divide a block of other letters.
        const p = plain(text);
        const pieces = /\p{Script=Arabic}|\p{Script=Han}|\p{Script=Cyrillic}/u.test(p)
            ? p.split(/\p{Script=Latin}[\p{Script=Latin}\p{N} ]*/u).map(s => s.trim()) : [p];
        found.push(...pieces.filter(s => [...s].length > 3)); // shorter ones would be found anywhere
    }
    return found;
}

// For each length i of the block's beginning: the least changes that make it a piece of the text.
function beginnings(block, text) {
    let row = new Int32Array(text.length + 1); // a piece may begin anywhere
    const least = [0];
    for (let i = 1; i <= block.length; i++) {
        const next = new Int32Array(text.length + 1);
        let best = (next[0] = i);
        for (let j = 1; j <= text.length; j++) {
            next[j] = Math.min(row[j - 1] + (block[i - 1] === text[j - 1] ? 0 : 1), row[j] + 1, next[j - 1] + 1);
            if (next[j] < best)
                best = next[j];
        }
        least.push(best);
        row = next;
    }
    return least;
}

const [dump, ...pages] = process.argv.slice(2);
if (!pages.length) {
    console.error('usage: ocr.mjs LETTER-DUMP PAGE-TEXT...');
    process.exit(2);
}
const texts = pages.map(f => [...plain(fs.readFileSync(f, 'utf8'))]);
let errors = 0, length = 0, worst = '', most = 0;
for (const b of blocks(fs.readFileSync(dump, 'utf8'))) {
    const block = [...b];
    const back = [...block].reverse();
    const head = texts.map(t => beginnings(block, t));
    const tail = texts.map(t => beginnings(back, [...t].reverse()));
    let least = block.length;
    for (let n = 0; n < texts.length; n++) {
        const after = n + 1 < texts.length ? tail[n + 1] : null;
        for (let i = 0; i <= block.length; i++) {
            const rest = block.length - i;
            least = Math.min(least, head[n][i] + (after ? after[rest] : rest), tail[n][rest] + i);
        }
    }
    errors += least;
    length += block.length;
    if (least / (block.length + 20) > most) {
        most = least / (block.length + 20);
        worst = `${least} errors in "${b.slice(0, 60)}..."`;
    }
}
console.log(`${((100 * errors) / Math.max(length, 1)).toFixed(2)} ${length} ${worst}`);
