// judges.mjs -- finds the npm judges, and reads words from a PDF with three programs that
// share no code: poppler, pdf.js and PDFium.
//
// A word is { text, page, endsLine, y, x, size }: page from 1, y upwards in points (pdf.js
// alone gives y, x and size).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { clean } from './words.mjs';

export const judgesFolder = process.env.CHANCERY_JUDGES_DIR ??
    path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'chancery-judges');
const require = createRequire(path.join(judgesFolder, 'package.json'));
const load = name => import(pathToFileURL(require.resolve(name)));

// Lines of text, already in reading order, become words.
function wordsOfPages(pages) {
    const words = [];
    pages.forEach((text, i) => {
        for (const line of text.split(/\r\n|\r|\n/)) {
            const here = clean(line);
            here.forEach((w, k) => words.push({ text: w, page: i + 1, endsLine: k === here.length - 1 }));
        }
    });
    return words;
}

// poppler, in the order of the content stream.
export function popplerWords(file, order = ['-raw']) {
    const text = execFileSync('pdftotext', [...order, '-enc', 'UTF-8', file, '-'],
        { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] });
    return wordsOfPages(text.replace(/\f$/, '').split('\f'));
}

export async function loadPdfium() {
    const { PDFiumLibrary } = await load('@hyzyla/pdfium');
    return PDFiumLibrary.init();
}

export async function pdfiumWords(file) {
    const library = await loadPdfium();
    const document = await library.loadDocument(fs.readFileSync(file));
    const pages = [];
    // PDFium marks a hyphen that a line break brought with U+FFFE or U+0002.
    for (const page of document.pages())
        pages.push(page.getText().replace(/[\uFFFE\u0002](?:\r\n)?/g, '\u00AD\n'));
    document.destroy();
    library.destroy();
    return wordsOfPages(pages);
}

// An open pdf.js document, and what pdf.js warned of.
export async function openPdfjs(file) {
    const warnings = [];
    const keep = (...a) => warnings.push(a.join(' '));
    console.warn = keep;
    const log = console.log;
    console.log = (...a) => (/^(Warning|Info):/.test(String(a[0])) ? keep(...a) : log(...a));
    const { getDocument, VerbosityLevel } = await load('pdfjs-dist/legacy/build/pdf.mjs');
    const root = path.join(judgesFolder, 'node_modules/pdfjs-dist/');
    const document = await getDocument({
        data: new Uint8Array(fs.readFileSync(file)),
        verbosity: VerbosityLevel.WARNINGS, stopAtErrors: true, useSystemFonts: false,
        standardFontDataUrl: root + 'standard_fonts/', cMapUrl: root + 'cmaps/', cMapPacked: true,
        wasmUrl: root + 'wasm/', iccUrl: root + 'iccs/',
    }).promise;
    return { document, warnings };
}

// The items of a page joined to lines: a new line where the baseline changes by more than a
// raised mark would, or where the pen goes back.
export function linesOfItems(items) {
    const lines = [];
    let line = null, endX = 0;
    for (const it of items) {
        if (it.str === undefined)
            continue;
        const [x, y] = [it.transform[4], it.transform[5]];
        const size = Math.hypot(it.transform[2], it.transform[3]) || it.height;
        if (it.str !== '') {
            const step = line ? Math.abs(y - line.y) : 0;
            const raised = line && step > 0.01 && step < 0.55 * Math.max(size, line.size) &&
                x >= endX - 1;
            if (!line || (step > 0.01 && !raised) || (line.closed && x < endX - 1)) {
                line = { y, size, chars: [], closed: false };
                lines.push(line);
            }
            if (size > line.size)
                Object.assign(line, { size, y });
            if (line.chars.length && it.str.trim() !== '' && x > endX + 0.2 * size)
                line.chars.push({ c: ' ', x: endX, y, size });
            for (const c of it.str)
                line.chars.push({ c, x, y, size });
            if (it.str.trim() !== '')
                endX = x + it.width;
        }
        if (it.hasEOL && line)
            line.closed = true;
    }
    return lines;
}

// Words with their places; also the lines themselves, for the rules about pages.
export async function pdfjsWords(file) {
    const { document } = await openPdfjs(file);
    const words = [], pages = [];
    for (let n = 1; n <= document.numPages; n++) {
        const page = await document.getPage(n);
        const content = await page.getTextContent({ includeMarkedContent: false, disableNormalization: true });
        const lines = linesOfItems(content.items);
        for (const line of lines) {
            const text = line.chars.map(ch => ch.c).join('');
            const here = clean(text);
            line.text = here.join(' ');
            line.page = n;
            line.x = line.chars.find(ch => ch.c.trim() !== '')?.x ?? 0;
            line.words = here.map((w, k) => ({
                text: w, page: n, endsLine: k === here.length - 1, y: line.y, x: line.x,
                size: line.size, line,
            }));
            words.push(...line.words);
        }
        pages.push({ number: n, height: page.view[3], lines: lines.filter(l => l.text !== '') });
    }
    return { words, pages };
}
