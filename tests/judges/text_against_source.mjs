// text_against_source.mjs PDF XML -- every word that the letter's source prints stands in the
// text which poppler, pdf.js and PDFium read from the PDF, in the order of the source.
//
// The running text must follow without anything in between but note marks, labels of list
// items and rows, and what a page's foot and the next page's head bring.  Letterhead,
// addressee, annex and the like must each be there whole.  Exit 1: a word is missing, added,
// misspelt or out of its place.
import fs from 'node:fs';
import path from 'node:path';
import { pdfiumWords, pdfjsWords, popplerWords } from './judges.mjs';
import { descendants, printedBlocks, readXml, words as plain } from './source.mjs';
import { locate } from './words.mjs';

const MOST_BETWEEN = 12; // words of labels between two blocks on one page

const [pdf, xml, ...only] = process.argv.slice(2);
if (!xml) {
    console.error('usage: text_against_source.mjs PDF XML [poppler] [pdfjs] [pdfium]');
    process.exit(2);
}
const letter = readXml(xml);
const blocks = printedBlocks(letter);
const rtl = [letter, ...descendants(letter, 'letter')] // and those in its attachments
    .some(l => /^(ar|fa|he|prs|ps|ur)\b/.test(l.attr['xml:lang'] ?? ''));
const readers = {
    // In the order of the file words from right to left would come out backwards.
    poppler: async () => popplerWords(pdf, rtl ? [] : ['-raw']),
    pdfjs: async () => (await pdfjsWords(pdf)).words,
    pdfium: () => pdfiumWords(pdf),
};
let failed = 0, passed = 0;

// "SAMPLE READER COUNT reason": what a reader is known to get wrong, and how many complaints that
// gives.  Any other number fails, a smaller one too: then the list has to change.
const known = new Map(fs.readFileSync(new URL('text_known.txt', import.meta.url), 'utf8').split('\n')
    .filter(l => l !== '' && !l.startsWith('#')).map(l => l.split(/\s+/))
    .map(([name, who, count]) => [`${name} ${who}`, Number(count)]));
const sample = path.basename(xml, '.xml');

function compare(reader, words) {
    let problems = 0;
    const complain = (block, what) => {
        problems++;
        console.log(`${pdf}: ${reader}: ${xml}:${block.line}: ${block.kind}: ${what}`);
    };
    for (const { block, list, at, before, used } of locate(blocks, words)) {
        if (at.start < 0) {
            const { at: n, word } = at.best;
            if (n < 0)
                complain(block, `"${plain(block.text).slice(0, 60)}" is not in the text`);
            else
                complain(block, `after "${list.slice(Math.max(0, n - 4), n).map(w => w.text ?? '[...]').join(' ')}" ` +
                    `wanted "${list[n].text}", read "${words.slice(word, word + 4).map(w => w.text).join(' ')}"`);
            continue;
        }
        if (block.flow && before > 0 && words[before - 1].page === words[at.start].page) {
            const between = words.slice(before, at.start).filter((w, i) => !used[before + i]);
            if (between.length > MOST_BETWEEN)
                complain(block, `words between it and the block before: "${between.slice(0, 12).map(w => w.text).join(' ')} ..."`);
        }
    }
    const expected = known.get(`${sample} ${reader}`);
    if (expected !== undefined) {
        console.log(`${problems === expected ? 'KNOWN' : 'FAIL'} ${pdf} ${reader}: ${problems} complaints, ` +
            `${expected} in text_known.txt`);
        problems === expected ? passed++ : failed++;
        return;
    }
    console.log(`${problems ? 'FAIL' : 'PASS'} ${pdf} ${reader}: ${words.length} words read, ${blocks.length} blocks of source`);
    problems ? failed++ : passed++;
}

for (const [name, read] of Object.entries(readers))
    if (!only.length || only.includes(name)) {
        try {
            compare(name, await read());
        } catch (e) {
            console.log(`FAIL ${pdf} ${name}: ${e.stack ?? e}`);
            failed++;
        }
    }
console.log(`CASES ${passed} ${failed} 0`);
process.exit(failed ? 1 : 0);
