// controls.mjs -- the judges of text and page are themselves judged: a letter set by hand must
// pass, and each copy of it that is wrong on purpose must be refused for the right reason.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { writePdf } from './draft_pdf.mjs';

const here = import.meta.dirname;
const folder = fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'controls-'));
const xml = path.join(folder, 'letter.xml');
fs.writeFileSync(xml, `<?xml version="1.0"?>
<letter xmlns="urn:chancery:letter:1" kind="letter" xml:lang="en">
  <sender><orgName>Harbour Office of Testhaven</orgName>
    <address><addrLine>4 Rope Walk</addrLine></address></sender>
  <addressee position="foot"><persName>Ms. Vera Quill</persName><role>Warden of the Northern Locks</role></addressee>
  <opener><dateline><placeName>Testhaven</placeName> <date when="2026-03-02"/></dateline>
    <salute>Madam Warden,</salute></opener>
  <body>
    <p>The office has read your letter about the upper lock with care<note>Letter of the winter.</note>, and it
       agrees with nearly every word of what you say there about the keepers.</p>
    <p>Three boats waited for a day &amp; a night. Their masters were patient: none complained,
       and we thank them. The gate has since been mended by the carpenters of the town.</p>
    <head>On the dues</head>
    <p>We propose that the dues of the season be returned to the three masters in full,
       and that the lock-keeper be given a lamp for the long nights of the winter to come.</p>
    <salute>Madam Warden,</salute>
    <p>The harbour keeps its promise to the river and asks that the river keep its own;
       we stand ready to meet at the locks on any day that you choose to name.</p>
  </body>
  <closer><formula name="courtesy">Please accept the assurances of our regard.</formula>
    <signed><persName>Otto Bramble</persName><role>Harbour Master</role></signed></closer>
</letter>
`);

// The right pages, a line of text each.
const right = () => [
    [
        'Harbour Office of Testhaven', '4 Rope Walk', 'Testhaven 2 March 2026', 'Madam Warden,',
        'The office has read your letter about the upper lock with care1, and it agrees with near-',
        'ly every word of what you say there about the keepers.',
        'Three boats waited for a day & a night. Their masters were patient: none',
        'complained, and we thank them. The gate has since been mended',
        '1 Letter of the winter.',
        'Ms. Vera Quill', 'Warden of the Northern Locks',
    ],
    [
        'Ms. Vera Quill - 2 March 2026 - 2',
        'by the carpenters of', 'the town.',
        'On the dues',
        'We propose that the dues of the season be returned to the three masters in full,',
        'and that the lock-',
        'keeper be given a lamp for the long nights of the winter to come.',
    ],
    [
        'Ms. Vera Quill - 2 March 2026 - 3',
        'Madam Warden,',
        'The harbour keeps its promise to the river and asks that the river keep its own;',
        'we stand ready to meet at the locks on any day that you choose to name.',
        'Please accept the assurances of our regard.',
        'Otto Bramble', 'Harbour Master',
    ],
];

function draft(name, pages) {
    const file = path.join(folder, name + '.pdf');
    writePdf(file, pages.map(lines => lines.map((text, i) => ({ y: 780 - 16 * i, text }))));
    return file;
}
const run = (script, file) => {
    const r = spawnSync(process.execPath, ['--no-warnings', path.join(here, script), file, xml], { encoding: 'utf8' });
    return { good: r.status === 0, said: r.stdout + r.stderr };
};

let passed = 0, failed = 0;
const expect = (ok, what, said) => {
    ok ? passed++ : failed++;
    if (!ok)
        console.log(`${what}\n${said.replace(/^/gm, '    ')}`);
};
// edit(pages) makes the wrong letter; reason must stand in what the judge says.
function refuse(script, name, reason, edit) {
    const pages = right();
    edit(pages);
    const r = run(script, draft(name, pages));
    expect(!r.good && r.said.includes(reason), `${script} should refuse ${name}, naming ${reason}:`, r.said);
}

const good = draft('right', right());
for (const script of ['text_against_source.mjs', 'page_rules.mjs']) {
    const r = run(script, good);
    expect(r.good, `${script} refuses what is right:`, r.said);
}

const text = (name, reason, edit) => refuse('text_against_source.mjs', name, reason, edit);
text('word-missing', 'wanted "every"', p => { p[0][5] = 'ly word of what you say there about the keepers.'; });
text('word-added', 'wanted "boats"', p => { p[0][6] = p[0][6].replace('boats', 'small boats'); });
text('words-swapped', 'wanted "has"', p => { p[0][4] = p[0][4].replace('has read', 'read has'); });
text('words-joined', 'wanted "your"', p => { p[0][4] = p[0][4].replace('your letter', 'yourletter'); });
text('word-split', 'wanted "letter"', p => { p[0][4] = p[0][4].replace('letter', 'let ter'); });
text('hyphen-lost', 'wanted "nearly"', p => { p[0][4] = p[0][4].replace(/-$/, ''); });
text('paragraphs-swapped', 'is not in the text', p => { [p[2][1], p[2][2], p[2][3], p[1][4], p[1][5], p[1][6]] = [p[1][4], p[1][5], p[1][6], p[2][1], p[2][2], p[2][3]]; });
text('name-missing', 'Otto Bramble', p => { p[2].splice(5, 1); });
text('note-missing', 'note', p => { p[0].splice(8, 1); });

const rule = (name, reason, edit) => refuse('page_rules.mjs', name, reason, edit);
rule('widow', 'P1:', p => { p[0].splice(8, 0, p[1].splice(1, 1)[0]); });
rule('orphan', 'P1:', p => { p[1].splice(1, 0, p[0].splice(7, 1)[0]); });
rule('three-lines-split', 'P6:', p => { p[0][6] = 'Three boats waited for a day & a night. Their masters were patient: none complained, and we thank them.'; p[0][7] = 'The gate has since been mended'; p[1].splice(1, 2, 'by the carpenters of the town.'); });
rule('signature-alone', 'P2:', p => { p.push(['Ms. Vera Quill - 4', ...p[2].splice(4)]); });
rule('signature-with-one-line', 'P2:', p => { p.push(['Ms. Vera Quill - 4', ...p[2].splice(3)]); });
rule('signature-parted', 'P4:', p => { p.push(['Ms. Vera Quill - 4', ...p[2].splice(6)]); });
rule('vocative-left-behind', 'P5:', p => { p[1].push(p[2].splice(1, 1)[0]); });
rule('addressee-moved', 'P7:', p => { p[2].push(...p[0].splice(9, 2)); });
rule('heading-left-behind', 'P8:', p => { p.splice(2, 0, ['Ms. Vera Quill - 3', ...p[1].splice(4)]); p[3][0] = 'Ms. Vera Quill - 4'; });
rule('letterhead-again', 'HEAD:', p => { p[1].splice(1, 0, '4 Rope Walk'); });
rule('no-head', 'HEAD:', p => { p[1].push(p[1].shift()); });
rule('no-number', 'NUMBER: page 3', p => { p[2][0] = 'Ms. Vera Quill'; });
rule('first-page-numbered', 'NUMBER: page 1', p => { p[0].unshift('- 1 -'); });

if (!failed)
    fs.rmSync(folder, { recursive: true, force: true });
console.log(`CASES ${passed} ${failed} 0`);
process.exit(failed ? 1 : 0);
