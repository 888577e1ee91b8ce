// structure_check.mjs PDF [XML] -- the tags of a finished PDF, as two readers see them.
//
// poppler gives the whole tree, pdf.js one tree a page that holds what has content there.  Both
// are brought to a list of paths ("Document/L/LI/LBody") of the elements that hold content
// themselves, in reading order; each page's list must be found in the whole in that order, and
// all pages together must bring every element.  With XML, poppler's tree must also be the tree
// that the program says it makes (--dump=structure).  Exit 1: they differ.
import { execFileSync } from 'node:child_process';
import { openPdfjs } from './judges.mjs';

const [pdf, xml] = process.argv.slice(2);
const problems = [];

// ---- poppler: an element a line, indented by two; text of its own in quotes below it --------
const printed = execFileSync('pdfinfo', ['-struct-text', pdf],
    { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] });
const whole = [];  // paths of elements with content, in order
const roles = [];  // every element as { depth, role }
{
    const open = [];
    let last = null;
    for (const line of printed.split('\n')) {
        const m = /^( *)([A-Z][A-Za-z0-9]*)(?: <[^>]*>)?(?: "[^"]*")?(?: r\d+)?(?: \((?:block|inline)\))?:?$/.exec(line);
        const content = /^( *)["(]/.exec(line);
        if (m && !/^ *Object \d/.test(line)) {
            const depth = m[1].length / 2;
            open.length = depth;
            open[depth] = { role: m[2], told: false };
            roles.push({ depth, role: m[2] });
            last = open[depth];
        } else if (content && /^ *("|\(No content)/.test(line)) {
            const depth = content[1].length / 2;
            const holder = open[depth - 1];
            if (holder && !holder.told) {
                holder.told = true;
                whole.push(open.slice(0, depth).map(e => e.role).join('/'));
            }
        }
    }
    if (!last)
        problems.push('poppler sees no structure');
}

// ---- pdf.js ---------------------------------------------------------------------------------
const { document } = await openPdfjs(pdf);
const pages = [];
for (let n = 1; n <= document.numPages; n++) {
    const list = [];
    const walk = (node, path) => {
        const here = node.role === 'Root' ? path : [...path, node.role];
        let told = false;
        for (const c of node.children ?? []) {
            if (c.type === 'content' && !told) {
                told = true;
                list.push(here.join('/'));
            }
            if (c.role)
                walk(c, here);
        }
    };
    const tree = await (await document.getPage(n)).getStructTree();
    if (tree)
        walk(tree, []);
    else
        problems.push(`pdf.js sees no structure on page ${n}`);
    pages.push(list);
}

// An element is listed where its first content of its own stands, in both lists.
const seen = new Array(whole.length).fill(false);
let from = 0;
pages.forEach((list, i) => {
    let k = from, first = -1;
    for (const path of list) {
        const at = whole.indexOf(path, k);
        if (at < 0) {
            problems.push(`page ${i + 1}: pdf.js has ${path} where poppler has ${whole.slice(k, k + 3).join(', ') || 'nothing'}`);
            break;
        }
        // A new element must not be skipped over: what lies between was on an earlier page.
        seen[at] = true;
        if (first < 0)
            first = at;
        k = at + 1;
    }
    if (first >= 0)
        from = first;
});
const total = pages.reduce((n, l) => n + l.length, 0);
if (total < whole.length)
    problems.push(`poppler has ${whole.length} elements with content, pdf.js ${total} on all pages`);
const count = list => list.reduce((m, p) => m.set(p, (m.get(p) ?? 0) + 1), new Map());
const there = count(pages.flat());
for (const [path, n] of count(whole))
    if ((there.get(path) ?? 0) < n)
        problems.push(`${path}: poppler has ${n}, pdf.js ${there.get(path) ?? 0}`);

// ---- the program's own account ----------------------------------------------------------------
if (xml && process.env.CHANCERY) {
    const dump = execFileSync(process.env.CHANCERY, ['render', xml, '--dump=structure', '-o', '-'],
        { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
    const told = dump.split('\n').map(l => /^( *)([A-Z][A-Za-z0-9]*)\b/.exec(l)).filter(Boolean)
        .map(m => ({ depth: m[1].length / 2, role: m[2] }));
    const show = e => (e ? '  '.repeat(e.depth) + e.role : 'nothing');
    for (let i = 0; i < Math.max(told.length, roles.length); i++)
        if (told[i]?.role !== roles[i]?.role || told[i].depth !== roles[i].depth) {
            problems.push(`element ${i + 1}: the program says "${show(told[i])}", poppler reads "${show(roles[i])}"`);
            break;
        }
}

for (const p of problems)
    console.log(`${pdf}: ${p}`);
console.log(`${problems.length ? 'FAIL' : 'PASS'} ${pdf}: ${roles.length} elements, ${whole.length} with content`);
process.exit(problems.length ? 1 : 0);
