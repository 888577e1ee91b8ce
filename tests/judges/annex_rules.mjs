// annex_rules.mjs [--words FILE] PDF XML -- holds the list of signatories in a finished PDF against
// its source.  Positions are poppler's reading of the file (or FILE, what pdftotext -bbox wrote),
// never the program's own account.
//
//   NAMES   every signatory is there once, with office and body, in one row on one page; as many
//           names are withheld as the source says
//   NUMBERS the rows count from 1 to the last without a gap
//   HEAD    under the head of a group stand two of its rows, or all that it has; none of its rows
//           stands alone on a page; the head stands over each part of the group
//   COLUMNS the heads of the columns stand on every page of the list
//   TITLE   the title of the list stands on its first page, and again on each further one
//
// A numbered table is read row by row, by the columns that its heads begin; of names side by side it
// is seen that each stands once, above its office and body on one page.  Letters are compared without
// their order: poppler may give words from right to left in an order of its own.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { child, descendants, readXml } from './source.mjs';

const args = process.argv.slice(2);
const given = args[0] === '--words' ? args.splice(0, 2)[1] : null;
const [pdf, xml] = args;
if (!xml) {
    console.error('usage: annex_rules.mjs [--words FILE] PDF XML');
    process.exit(2);
}
const broken = [];
const breaks = (rule, what) => broken.push(`${rule}: ${what}`);

// ---- what the source says -------------------------------------------------------------------
const textOf = e => (e ? e.children.map(c => (typeof c === 'string' ? c : textOf(c))).join('') : '');
const plain = s => s.replace(/\s+/g, ' ').trim();

function csvRows(file) {
    const rows = [[]];
    let field = '';
    for (const m of fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
        .matchAll(/"((?:[^"]|"")*)"|([^",\r\n]+)|(,)|(\r?\n)/g)) {
        if (m[3] !== undefined || m[4] !== undefined) {
            rows[rows.length - 1].push(field);
            field = '';
            if (m[4] !== undefined)
                rows.push([]);
        } else {
            field = m[1] !== undefined ? m[1].replaceAll('""', '"') : m[2];
        }
    }
    if (field !== '' || rows[rows.length - 1].length)
        rows[rows.length - 1].push(field);
    const [head, ...list] = rows.filter(r => r.length > 1 || r[0]);
    return list.map(r => Object.fromEntries(head.map((name, i) => [name, plain(r[i] ?? '')])));
}

// The names of countries as the pack of the letter's language has them.
function countryNames(lang) {
    const pack = new URL(`../../styles/locales/${lang}.xml`, import.meta.url);
    const text = fs.existsSync(pack) ? fs.readFileSync(pack, 'utf8') : '';
    return new Map([...text.matchAll(/<state code="(..)"[^>]*>([^<]*)</g)].map(m => [m[1], m[2]]));
}

const letter = readXml(xml);
const list = child(letter, 'signatories');
const countries = countryNames(letter.attr['xml:lang']);
const person = e => ({
    name: plain(['honorific', 'persName'].map(n => textOf(child(e, n))).join(' ')),
    role: e.children.filter(c => c.name === 'role').map(c => plain(textOf(c))).join(' '),
    organisation: plain(textOf(child(e, 'orgName'))),
    country: plain(textOf(child(e, 'country'))),
    status: e.attr.status ?? '',
    group: e.parent.name === 'group' ? plain(textOf(child(e.parent, 'head'))) : '',
});
const people = list.attr.href
    ? csvRows(path.join(path.dirname(xml), list.attr.href))
        .map(r => ({ ...r, name: plain(`${r.honorific ?? ''} ${r.name ?? ''}`), group: r.group ?? '' }))
    : descendants(list, 'signatory').map(person);
const grouped = list.attr['group-by'] === 'country' || people.some(p => p.group);
for (const p of people)
    if (list.attr['group-by'] === 'country')
        p.group = countries.get(p.country) ?? p.country;
const sizes = new Map();
for (const p of people)
    sizes.set(p.group, (sizes.get(p.group) ?? 0) + 1);
const shown = people.filter(p => p.status !== 'withheld');

// ---- what the file shows ----------------------------------------------------------------------
const decode = s => s.replace(/&(lt|gt|amp|quot|#39|apos);/g,
    m => ({ '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'", '&apos;': "'" })[m]);
const bbox = given ? fs.readFileSync(given, 'utf8')
    : execFileSync('pdftotext', ['-bbox', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 30 });
const pages = bbox.split(/<page /).slice(1).map((text, i) => ({
    number: i + 1,
    words: [...text.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g)]
        .map(m => ({ x: +m[1], y: (+m[2] + +m[4]) / 2, right: +m[3], top: +m[2], foot: +m[4], text: decode(m[5]).replace(/\p{Cf}/gu, '').trim() }))
        .filter(w => w.text),
}));
// What stands at the foot of the second page stands there on all: the page numbers.
const floor = Math.max(...(pages[1] ?? pages[0]).words.map(w => w.y)) - 5;
// Letters and digits alone, in the order of their code points; marks of direction and hyphens of
// line ends do not count.
const key = text => [...text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{M}\p{Nd}]/gu, '')].sort().join('');
// Of one height, from left to right; the boxes of another script are some points higher or lower.
const lines = page => {
    const all = [];
    for (const w of page.words.filter(v => v.y < floor).sort((a, b) => a.y - b.y)) {
        const last = all[all.length - 1];
        if (last && Math.abs(last.y - w.y) < 5)
            last.words.push(w);
        else
            all.push({ y: w.y, words: [w] });
    }
    for (const l of all) {
        l.words.sort((a, b) => a.x - b.x);
        l.text = l.words.map(w => w.text).join(' ');
        l.key = key(l.text);
    }
    return all;
};
// Are all letters of one key in another?
const holds = (bag, part) => {
    const left = [...bag];
    return [...part].every(c => {
        const at = left.indexOf(c);
        left.splice(at, at < 0 ? 0 : 1);
        return at >= 0;
    });
};
const title = plain(textOf(child(list, 'head')));

// ---- a numbered table ---------------------------------------------------------------------------
function readTable() {
    const labels = { number: 'No.', name: 'Name', role: 'Title', organisation: 'Organization',
        country: 'Country', date: 'Date', signature: 'Signature' };
    const columns = Object.keys(labels);
    const rows = [], groups = [...sizes.keys()].filter(Boolean).map(name => ({ name, key: key(name) }));
    let group = '';
    for (const page of pages) {
        const all = lines(page);
        // What wraps may make the line of heads higher or lower by a hair: it has most of the labels.
        const head = all.find(l => columns.filter(c => l.words.some(w => w.text === labels[c])).length >= 3 &&
            l.words[0].text === labels.number);
        if (!head) {
            if (rows.length)
                page.without = true;
            continue;
        }
        page.list = true;
        const starts = columns.map(c => ({ c, x: head.words.find(w => w.text === labels[c])?.x }))
            .filter(s => s.x !== undefined);
        const columnOf = w => [...starts].reverse().find(s => (w.x + w.right) / 2 >= s.x - 3)?.c ?? 'number';
        page.titled = all.some(l => l.y < head.y && holds(l.key, key(title)));
        const body = all.filter(l => l.y > head.y + 5);
        let open = null;
        for (const l of body) {
            const first = l.words[0];
            const numbered = columnOf(first) === 'number' && /^\p{Nd}+$/u.test(first.text) &&
                first.x >= starts[0].x - 3;
            // Its head alone, or with a word in brackets that it goes on.
            const named = groups.find(g => l.text === g.name ||
                (l.key === g.key && /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(g.name)) ||
                (l.text.startsWith(g.name) && /^ \([^)]*\)$/.test(l.text.slice(g.name.length))));
            if (numbered) {
                open = { page: page.number, number: Number(first.text), group, words: l.words.slice(1), y: l.y };
                rows.push(open);
            } else if (named && Math.abs(first.x - starts[0].x) < 3 && grouped) {
                group = named.name;
                (page.groups ??= []).push({ group, y: l.y, again: l.key.length > named.key.length });
                open = null;
            } else if (open && columnOf(first) !== 'number') {
                open.words.push(...l.words);
            } else {
                open = null; // a count, or what stands below the list
            }
        }
        for (const r of rows.filter(r => r.page === page.number))
            for (const c of columns.slice(1))
                r[c] = key(r.words.filter(w => columnOf(w) === c).map(w => w.text).join(' '));
    }
    rows.forEach((r, i) => {
        if (r.number !== (i ? rows[i - 1].number + 1 : 1))
            breaks('NUMBERS', `page ${r.page}: ${r.number} follows ${i ? rows[i - 1].number : 'nothing'}`);
    });
    if (rows.length !== people.length)
        breaks('NUMBERS', `${rows.length} rows for ${people.length} signatories`);

    const wanted = new Map();
    for (const p of shown) {
        const k = [p.name || p.organisation, p.role ?? '', p.name ? p.organisation ?? '' : ''].map(key).join('|');
        wanted.set(k, (wanted.get(k) ?? []).concat(p));
    }
    let hidden = 0;
    for (const r of rows) {
        const k = [r.name || r.organisation, r.role, r.name ? r.organisation : ''].join('|');
        const who = wanted.get(k)?.pop();
        if (!who && !r.role && !r.organisation)
            hidden++;
        else if (!who)
            breaks('NAMES', `page ${r.page}: row ${r.number} "${r.words.map(w => w.text).join(' ')}" is of no signatory, ` +
                'there twice, or split');
        else if (grouped && who.group !== r.group)
            breaks('NAMES', `page ${r.page}: "${who.name}" of "${who.group}" stands under "${r.group}"`);
    }
    for (const who of [...wanted.values()].flat())
        breaks('NAMES', `"${who.name || who.organisation}" is not in the list`);
    if (hidden !== people.length - shown.length)
        breaks('NAMES', `${hidden} names withheld, ${people.length - shown.length} in the source`);

    const of = pages.filter(p => p.list);
    of.forEach((page, i) => {
        if (!page.titled)
            breaks('TITLE', `page ${page.number} does not bear "${title}"`);
        const here = rows.filter(r => r.page === page.number);
        for (const h of page.groups ?? []) {
            const under = here.filter(r => r.y > h.y && r.group === h.group).length;
            if (under < Math.min(2, sizes.get(h.group)))
                breaks('HEAD', `page ${page.number}: ${under} of the ${sizes.get(h.group)} rows of "${h.group}" stand under its head`);
        }
        const before = rows.filter(r => r.page < page.number).pop();
        if (i > 0 && grouped && here.length && before && here[0].group === before.group &&
            !(page.groups ?? []).some(h => h.again && h.y < here[0].y))
            breaks('HEAD', `page ${page.number} begins with "${here[0].group}" and does not say so`);
        for (const g of grouped ? new Set(here.map(r => r.group)) : [])
            if (sizes.get(g) > 1 && here.filter(r => r.group === g).length === 1)
                breaks('HEAD', `page ${page.number}: one row alone of "${g}"`);
    });
    for (const page of pages.filter(p => p.without && p.number < (of[of.length - 1]?.number ?? 0)))
        breaks('COLUMNS', `page ${page.number} has no heads of columns`);
    return `${rows.length} rows on ${of.length} pages`;
}

// ---- names side by side -------------------------------------------------------------------------
function readBlocks() {
    // A word belongs to the column that begins at most a little left of it: words that begin where a
    // name does, and what follows them.
    const found = [];
    for (const page of pages) {
        for (const p of shown) {
            const want = key(p.name || p.organisation);
            for (const [i, w] of page.words.entries()) {
                let have = '', k = i;
                while (k < page.words.length && have.length < want.length && Math.abs(page.words[k].y - w.y) < 3)
                    have += key(page.words[k++].text);
                if (key(have) !== want || !p.name.startsWith(w.text))
                    continue;
                const below = page.words.filter(b => b.y > w.y + 3 && b.x > w.x - 3);
                const all = key(below.map(b => b.text).join(' '));
                const rest = [p.role, p.organisation].filter(t => t && t !== p.name);
                if (!rest.every(t => holds(all, key(t))))
                    breaks('NAMES', `page ${page.number}: below "${p.name}" there is not "${rest.join('", "')}"`);
                found.push(p);
            }
        }
    }
    for (const p of shown) {
        const n = found.filter(f => f === p).length;
        if (n !== 1)
            breaks('NAMES', `"${p.name}" is there ${n} times`);
    }
    return `${found.length} names`;
}

const said = list.attr.layout === 'blocks' ? readBlocks() : readTable();
const rule = b => b.slice(0, b.indexOf(':'));
for (const [i, b] of broken.entries()) // the first of each rule
    if (broken.slice(0, i).filter(o => rule(o) === rule(b)).length < 4)
        console.log(`${pdf}: ${b}`);
console.log(`${broken.length ? 'FAIL' : 'PASS'} ${pdf}: ${said}`);
process.exit(broken.length ? 1 : 0);
