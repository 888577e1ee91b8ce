// joined.mjs -- in paragraphs filled by kashidas the letters of a word hang together: seen on the page,
// at 600 dpi.
//
// The words have no letter but such as join with the next one.  So the ink of a line has as many gaps
// as it has spaces; every line but the last fills the measure; and the words are longer than in lines
// set ragged.  CHANCERY names the program.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const program = process.env.CHANCERY ?? 'chancery';
const folder = fs.mkdtempSync(path.join(process.env.TMPDIR ?? os.tmpdir(), 'joined-'));
const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const DPI = 600;

const words = {
    ar: 'منتخب مجلس مستقبل معين تعيين متحف ملحق مجتمع منصف سفينتين ضفتين جلستين لجنتين سنتين منتصف تقييم ' +
        'تنظيم تعليم تحسين تخفيض تمثيل تفصيل تسهيل مبلغ نسختين منهج سبيل جميل',
    fa: 'مجلس منتخب پیشین همچنین تعیین تنظیم چنین تقسیم تفصیل ملی منطقی سفینه همگی تکمیل تسهیل ضمیمه ' +
        'جلسه کمیته هیئت تثبیت مستقیم محیط شفیق نفیس گلستانی',
};
// A letter that does not join with the next one may stand last alone.
const open = /[اأإآدذرزژوؤةىء](?!$)/u;

function render(lang, align) {
    const list = words[lang].split(' ').filter(w => !open.test(w));
    const text = [...list, ...list.toReversed(), ...list, ...list.toSorted()].join(' ');
    const file = path.join(folder, `${lang}-${align}`);
    fs.writeFileSync(file + '-style.xml', `<style xmlns="urn:chancery:style:1" name="t" extends="letter">` +
        `<role name="paragraph" align="${align}" hyphenate="no"/></style>`);
    fs.writeFileSync(file + '.xml', `<letter xmlns="urn:chancery:letter:1" style="${file}-style.xml" xml:lang="${lang}">` +
        `<meta><title>x</title></meta><body><p>${text}</p></body></letter>`);
    run(program, 'render', file + '.xml', '-o', file + '.pdf');
    run('pdftoppm', '-r', String(DPI), '-gray', '-singlefile', file + '.pdf', file);
    return { ...image(file + '.pgm'), lines: lines(file + '.pdf') };
}

// The lines as poppler finds them: boxes in points and the count of words.
function lines(pdf) {
    const found = [];
    for (const m of run('pdftotext', '-bbox-layout', pdf, '-').matchAll(/<line ([^>]*)>([^]*?)<\/line>/g)) {
        const at = Object.fromEntries([...m[1].matchAll(/(\w+)="([\d.]+)"/g)].map(a => [a[1], Number(a[2])]));
        found.push({ ...at, words: [...m[2].matchAll(/<word/g)].length });
    }
    return found;
}

function image(file) {
    const bytes = fs.readFileSync(file);
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'));
    return { width: Number(head[1]), pixel: bytes.subarray(head[0].length) };
}

// Stretches of columns with ink between two heights, in pixels.
function stretches(page, line) {
    const px = v => Math.round(v * DPI / 72);
    const found = [];
    for (let x = Math.max(0, px(line.xMin) - 60), ink = false; x < Math.min(page.width, px(line.xMax) + 60); x++) {
        let dark = false;
        for (let y = px(line.yMin); y < px(line.yMax) && !dark; y++)
            dark = page.pixel[y * page.width + x] < 128;
        if (dark && !ink) found.push([x, x]);
        if (dark) found.at(-1)[1] = x;
        ink = dark;
    }
    return found;
}

let passed = 0, failed = 0;
function check(what, good, more) {
    if (good) { passed++; return; }
    failed++;
    console.log(`not ok: ${what}: ${more}`);
}

for (const lang of Object.keys(words)) {
    const filled = render(lang, 'justify'), ragged = render(lang, 'start');
    const ends = filled.lines.slice(0, -1).map(l => stretches(filled, l)).map(s => [s[0][0], s.at(-1)[1]]);
    check(`${lang}: several lines`, filled.lines.length >= 5, filled.lines.length);
    for (const [i, line] of filled.lines.entries()) {
        const ink = stretches(filled, line).length;
        check(`${lang}: line ${i + 1} hangs together`, ink === line.words, `${line.words} words, ${ink} stretches of ink`);
    }
    // Ink ends a little inside of a letter's width, each in its own way: 1.5 pt.
    for (const side of [0, 1]) {
        const at = ends.map(e => e[side]);
        check(`${lang}: lines end alike at side ${side}`, Math.max(...at) - Math.min(...at) < 1.5 * DPI / 72, at.join(' '));
    }
    const ink = page => page.lines.flatMap(l => stretches(page, l)).reduce((sum, s) => sum + s[1] - s[0], 0);
    check(`${lang}: words are lengthened`, ink(filled) > ink(ragged) * 1.003, `${ink(filled)} ${ink(ragged)}`);
}
fs.rmSync(folder, { recursive: true });
console.log(`CASES ${passed} ${failed} 0`);
process.exit(failed ? 1 : 0);
