// extraction.mjs [--all] [--write] -- the text of each case of extraction/cases.txt, set as a letter
// and read back by poppler, pdf.js, PDFium and MuPDF, is the text of the case.
//
// Compared in logical order, in form NFC, spaces folded, without direction controls (poppler adds
// them).  extraction/expected.txt lists what a reader is known to get wrong, and why; a shortfall
// listed there that is none any more fails the test, too.
//
//   --all    prints the table of all cases, not only of those with a shortfall, and what was read
//   NAME     only cases whose "LANGUAGE NAME" has NAME in it
//
// CHANCERY names the program.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPdfium, openPdfjs } from './judges.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const options = process.argv.slice(2).filter(a => a.startsWith('--'));
const only = process.argv.slice(2).filter(a => !a.startsWith('--'));
const all = options.includes('--all');
const program = process.env.CHANCERY ?? 'chancery';
const folder = fs.mkdtempSync(path.join(process.env.TMPDIR ?? os.tmpdir(), 'extraction-'));

// ---- cases --------------------------------------------------------------------------------

const named = { ZWNJ: '\u200C', NBSP: '\u00A0', RLM: '\u200F' };
const unescape = s => s.replace(/\\(?:u([0-9A-F]{4})|(ZWNJ|NBSP|RLM))/g,
    (_, hex, name) => hex ? String.fromCharCode(parseInt(hex, 16)) : named[name]);

const lines = name => fs.readFileSync(path.join(here, 'extraction', name), 'utf8').split('\n')
    .filter(l => l.trim() !== '' && !l.startsWith('#'));

const cases = lines('cases.txt').map(l => {
    const [, lang, name, text] = /^(\S+)\s+(\S+)\s+(.*)$/.exec(l);
    const [set, read] = unescape(text).split(' ==> ');
    return { lang, name, id: `${lang} ${name}`, text: set, read };
}).filter(c => !only.length || only.some(o => c.id.includes(o)));

const fold = s => s.normalize('NFC').replace(/[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\u00AD\uFEFF]/g, '')
    .replace(/[\s\u00A0\u202F\u2000-\u200A]+/gu, ' ').trim();

// What the text of a case is when read: cells and paragraphs apart.
const wanted = c => fold(c.read ? c.read : c.text.startsWith('<') ? c.text.replace(/<[^>]*>/g, ' ') : c.text);

const bodyOf = c => c.text.startsWith('<') ? c.text : `<p>${c.text}</p>`;

function render(c) {
    const file = path.join(folder, c.id.replace(' ', '-'));
    fs.writeFileSync(file + '.xml', `<letter xmlns="urn:chancery:letter:1" kind="letter" ` +
        `xml:lang="${c.lang}"><meta><title>x</title></meta><body>${bodyOf(c)}</body></letter>\n`);
    execFileSync(program, ['render', file + '.xml', '-o', file + '.pdf'], { stdio: ['ignore', 'ignore', 'inherit'] });
    return file + '.pdf';
}

// ---- readers ------------------------------------------------------------------------------

const run = (command, args) => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const pdfium = await loadPdfium();

const readers = {
    poppler: file => run('pdftotext', ['-enc', 'UTF-8', file, '-']),
    'poppler-raw': file => run('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-']),
    pdfjs: async file => {
        const { document } = await openPdfjs(file);
        let text = '';
        for (let n = 1; n <= document.numPages; n++) {
            const content = await (await document.getPage(n)).getTextContent({ disableNormalization: true });
            text += content.items.map(i => i.str + (i.hasEOL ? '\n' : '')).join('') + '\n';
        }
        await document.destroy();
        return text;
    },
    pdfium: async file => {
        const document = await pdfium.loadDocument(fs.readFileSync(file));
        const text = [...document.pages()].map(p => p.getText()).join('\n');
        document.destroy();
        return text;
    },
    mupdf: file => run('mutool', ['draw', '-q', '-F', 'txt', '-o', '-', file]),
};

// ---- the table ----------------------------------------------------------------------------

// "LANGUAGE NAME READER reason"; NAME may be "*".
const known = lines('expected.txt').map(l => {
    const [, lang, name, reader, reason] = /^(\S+)\s+(\S+)\s+(\S+)\s+(.*)$/.exec(l);
    return { lang, name, reader, reason, used: false };
});
const expected = (c, reader) => known.filter(k => k.reader === reader &&
    (k.lang === '*' || k.lang === c.lang) && (k.name === '*' || k.name === c.name));

let passed = 0, failed = 0;
const show = s => s.replace(/\u200C/g, '<zwnj>');
for (const c of cases) {
    const file = render(c);
    const want = wanted(c);
    const row = [];
    const said = [];
    for (const [name, read] of Object.entries(readers)) {
        const got = fold(await read(file));
        const right = got === want;
        const reasons = expected(c, name);
        reasons.forEach(k => { k.used = k.used || !right; });
        const good = right ? reasons.every(k => k.name === '*') : reasons.length > 0;
        good ? passed++ : failed++;
        row.push(right ? 'right' : good ? 'known' : 'WRONG');
        if (!good && right)
            said.push(`${name}: read right now; it is listed in expected.txt`);
        else if (!right && (all || !good))
            said.push(`${name}: ${show(got)}`);
    }
    if (all || said.length) {
        console.log(c.id.padEnd(24) + row.map((r, i) => `${Object.keys(readers)[i]} ${r}`.padEnd(20)).join(''));
        if (said.length)
            console.log(`    wanted: ${show(want)}`);
        said.forEach(s => console.log('    ' + s));
    }
}
for (const k of known.filter(k => !k.used && !only.length)) {
    failed++;
    console.log(`expected.txt: "${k.lang} ${k.name} ${k.reader}" is no shortfall any more`);
}
// Two thousand Arabic signatories: every name is read, and within a time that nobody minds.
if (!only.length) {
    const names = ['أحمد الطيب', 'مُحَمَّد بن سالم', 'ليلى عبد الرحمن', 'كورنتان فاسور', 'هدى الأمين'];
    const file = path.join(folder, 'many');
    fs.writeFileSync(file + '.xml', '<letter xmlns="urn:chancery:letter:1" kind="letter" xml:lang="ar">' +
        '<meta><title>x</title></meta><body><p>تتشرف الأمانة بالإبلاغ.</p></body><signatories layout="table">' +
        Array.from({ length: 2000 }, (_, i) => `<signatory><persName>${names[i % 5]}</persName></signatory>`).join('\n') +
        '</signatories></letter>\n');
    const begun = Date.now();
    execFileSync(program, ['render', file + '.xml', '-o', file + '.pdf'], { stdio: 'ignore' });
    const took = Date.now() - begun;
    const text = fold(readers.poppler(file + '.pdf'));
    const missing = names.filter(n => text.split(fold(n)).length !== 401);
    if (took < 5000 && !missing.length) {
        passed++;
    } else {
        failed++;
        console.log(`2,000 signatories: ${took} ms; not read 400 times: ${missing.join(', ') || 'none'}`);
    }
}
pdfium.destroy();
fs.rmSync(folder, { recursive: true });
console.log(`CASES ${passed} ${failed} 0`);
process.exit(failed ? 1 : 0);
