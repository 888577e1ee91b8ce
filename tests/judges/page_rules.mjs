// page_rules.mjs [--relaxed RULE,...] [--plain] PDF XML -- holds a finished PDF against the rules
// of the page.  Positions are pdf.js's reading of the file, never the program's own account.
//
//   P1 P6  no fewer than two lines of a paragraph at a page's foot or head
//   P2     at least two lines of body text above the closing on the page of the signature
//   P4     closing formula and signatures on one page
//   P5     a salutation on the page of its paragraph's first two lines
//   P7     an addressee at the foot stands on page 1
//   P8     a heading on the page of the next two lines
//   HEAD   the letterhead on page 1 alone; every later page has a head of its own
//   NUMBER page 1 bears no number, every later page its own
//
// --relaxed: rules that the program said it could not keep.  --plain: no demands on heads and
// numbers.  Exit 1: a rule is broken, or a paragraph cannot be found.
import { pdfjsWords } from './judges.mjs';
import { child, descendants, printedBlocks, readXml, words as plain } from './source.mjs';
import { clean, GENERATED, locate } from './words.mjs';

const args = process.argv.slice(2);
const relaxed = new Set();
let demandFurniture = true;
while (args[0]?.startsWith('--')) {
    const option = args.shift();
    if (option === '--relaxed')
        args.shift().split(',').forEach(r => relaxed.add(r));
    else if (option === '--plain')
        demandFurniture = false;
}
const [pdf, xml] = args;
if (!xml) {
    console.error('usage: page_rules.mjs [--relaxed RULE,...] [--plain] PDF XML');
    process.exit(2);
}

const letter = readXml(xml);
// A line's text with its digits, of whatever script, as Latin ones.
const latin = s => s.replace(/\p{Nd}/gu, c => {
    let zero = c.codePointAt(0);
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && c.codePointAt(0) - zero < 9)
        zero--;
    return String(c.codePointAt(0) - zero);
});
const { words, pages } = await pdfjsWords(pdf);
const broken = [];
const breaks = (rule, what) => { if (!relaxed.has(rule)) broken.push(`${rule}: ${what}`); };

// ---- where each block of the source stands: its lines, in order -----------------------------
const owner = new Map(); // line -> block
const blocks = printedBlocks(letter);
for (const block of blocks)
    block.lines = [];
const take = (block, line) => {
    if (!owner.has(line))
        owner.set(line, block);
    if (!block.lines.includes(line))
        block.lines.push(line);
};
const unread = [];
for (const { block, at } of locate(blocks, words)) {
    // A match over two pages may have its first word from far above.
    const pagesOf = at.start < 0 ? [] : at.found.flatMap(({ start, end }) => [words[start].page, words[end - 1].page]);
    if (at.start < 0 || Math.min(...pagesOf) < Math.max(...pagesOf)) {
        unread.push({ block, at });
        continue;
    }
    // What the match passed over (feet, heads) belongs to nobody.
    for (const { start, end } of at.found) {
        take(block, words[start].line);
        take(block, words[end - 1].line);
    }
}

// A reader may give the words of a line of two directions, or the parts of a word, in an order
// of its own (gate.sh text tells of that).  Which lines a block has is then seen from its letters
// alone: lines in a row that hold all of them and hardly another.
const letters = text => [...latin(text.normalize('NFKC')).toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, '')];
const all = pages.flatMap(p => p.lines.map(line => ({ line, letters: letters(line.text) })));
const MOST_LINES = 30;

// The lines from all[i] on that have the letters: as few as do; null when there are none such.
function linesWith(wanted, spare, i, skipFoot, skipHead) {
    const missing = new Map();
    let left = wanted.length, more = 0;
    for (const c of wanted)
        missing.set(c, (missing.get(c) ?? 0) + 1);
    const taken = [];
    for (let k = i; k < all.length && taken.length < MOST_LINES; k++) {
        const page = all[k].line.page, here = pages[page - 1].lines, at = here.indexOf(all[k].line);
        if (taken.length && page !== taken[0].page && at < skipHead)
            continue;
        if (at >= here.length - skipFoot)
            continue;
        for (const c of all[k].letters) {
            const n = missing.get(c) ?? 0;
            n ? (missing.set(c, n - 1), left--) : more++;
        }
        taken.push(all[k].line);
        if (left <= wanted.length / 100)
            return more <= spare ? { taken, more } : null;
        if (more > spare)
            return null;
    }
    return null;
}

for (const { block, at } of unread) {
    const wanted = letters(plain(block.text));
    const before = block.flow ? blocks.slice(0, blocks.indexOf(block)).filter(b => b.flow && b.lines.length).pop() : null;
    const start = before ? all.findIndex(a => a.line === before.lines[before.lines.length - 1]) : 0;
    // The mark of an item or note and a printed date are more than the source has; what is no
    // running text may share its line.
    const generated = block.text.split(GENERATED).length - 1;
    const spare = block.flow ? 6 + 30 * generated : 120;
    let best = null;
    for (let i = start; i < all.length && wanted.length; i++)
        for (let foot = 0; foot <= (block.flow ? 8 : 0); foot++)
            for (let head = 0; head <= (block.flow ? 2 : 0); head++) {
                const found = linesWith(wanted, spare, i, foot, head);
                // The head of a further page may say it again.
                if (found && !block.flow && all[i].line.page > 1 && all[i].line === pages[all[i].line.page - 1].lines[0])
                    found.more += 200;
                if (found && (!best || found.more < best.more))
                    best = found;
            }
    if (best)
        best.taken.forEach(line => take(block, line));
    else if (at.start >= 0)
        at.found.forEach(({ start, end }) => { take(block, words[start].line); take(block, words[end - 1].line); });
    else
        broken.push(`TEXT: ${xml}:${block.line}: "${plain(block.text).slice(0, 50)}" not found`);
}
const found = blocks.filter(b => b.lines.length > 0);
const where = b => `${xml}:${b.line} "${plain(b.text).slice(0, 40)}"`;
const first = b => b.lines[0];
const lastPage = b => b.lines[b.lines.length - 1].page;
const body = child(letter, 'body');
const within = (b, e) => {
    for (let x = b.element; x; x = x.parent)
        if (x === e)
            return true;
    return false;
};
const flow = found.filter(b => b.flow);

// ---- P1, P6 ---------------------------------------------------------------------------------
for (const b of flow) {
    if (!['p', 'item'].includes(b.kind.replace(/^.*\//, '')))
        continue;
    const perPage = new Map();
    for (const l of b.lines)
        perPage.set(l.page, (perPage.get(l.page) ?? 0) + 1);
    if (perPage.size > 1)
        for (const [page, n] of perPage)
            if (n < 2)
                breaks(b.lines.length === 3 ? 'P6' : 'P1',
                    `${where(b)}: ${n} of its ${b.lines.length} lines on page ${page}`);
}

// ---- P2, P4 ---------------------------------------------------------------------------------
const closer = child(letter, 'closer');
const closing = closer ? found.filter(b => within(b, closer) &&
    (b.kind.startsWith('signed/') || b.element.name === 'formula')) : [];
if (closing.length) {
    const at = new Set(closing.flatMap(b => b.lines.map(l => l.page)));
    if (at.size > 1)
        breaks('P4', `the closing formula and the signatures stand on pages ${[...at].join(' and ')}`);
    const signed = closing.filter(b => b.kind.startsWith('signed/'));
    if (signed.length && body) {
        const page = first(signed[0]).page;
        const top = Math.max(...closing.filter(b => first(b).page === page).map(b => first(b).y));
        const text = new Set(found.filter(b => within(b, body) && b.flow).flatMap(b => b.lines));
        const here = [...text].filter(l => l.page === page && l.y > top).length;
        if (here < Math.min(2, text.size))
            breaks('P2', `${here} lines of body text above the closing on page ${page}`);
    }
}

// ---- P5, P8 ---------------------------------------------------------------------------------
found.forEach(b => {
    const name = b.element.name;
    if (name !== 'salute' && name !== 'head')
        return;
    const rule = name === 'salute' ? 'P5' : 'P8';
    // A salutation keeps with its paragraph's first two lines, a head with two lines of text or
    // rows of names, whatever they belong to.
    const rest = found.slice(found.indexOf(b) + 1)
        .filter(n => (name === 'head' ? n.kind !== 'note' : n.flow && ['p', 'item'].includes(n.element.name)));
    const lines = name === 'salute' ? rest[0]?.lines ?? [] : rest.slice(0, 20).flatMap(n => n.lines);
    const rows = lines.filter((l, i) => i === 0 || l.page !== lines[i - 1].page || Math.abs(l.y - lines[i - 1].y) > 2);
    const follow = rows.slice(0, 2);
    for (const l of follow)
        if (l.page !== lastPage(b)) {
            breaks(rule, `${where(b)} on page ${lastPage(b)}, what follows it on page ${l.page}`);
            break;
        }
});

// ---- P7 -------------------------------------------------------------------------------------
for (const b of found)
    for (let e = b.element; e; e = e.parent)
        if (e.name === 'addressee' && e.attr.position === 'foot' && e.parent === letter && first(b).page !== 1)
            breaks('P7', `${where(b)} on page ${first(b).page}`);

// ---- heads and numbers ----------------------------------------------------------------------
const sender = child(letter, 'sender');
const letterhead = found.filter(b => sender && within(b, sender));
for (const b of letterhead)
    if (first(b).page !== 1)
        breaks('HEAD', `the letterhead's ${where(b)} stands on page ${first(b).page}`);

for (const page of pages) {
    const mine = page.lines.filter(l => owner.has(l));
    const ys = mine.filter(l => owner.get(l).flow || !within(owner.get(l), sender)).map(l => l.y);
    const top = Math.max(...ys), foot = Math.min(...ys);
    const others = page.lines.filter(l => !owner.has(l));
    const above = others.filter(l => l.y > top), outside = others.filter(l => l.y > top || l.y < foot);
    if (page.number === 1) {
        for (const l of outside)
            if (/^[^\p{L}\d]*(\d+|(page|p\.)\s*\d+.*|\d+\s*\/\s*\d+)[^\p{L}\d]*$/iu.test(latin(l.text)))
                breaks('NUMBER', `page 1 bears "${l.text}"`);
        continue;
    }
    if (!demandFurniture)
        continue;
    if (!outside.some(l => new RegExp(`(^|[^\\d])${page.number}([^\\d]|$)`).test(latin(l.text))))
        breaks('NUMBER', `page ${page.number} does not bear its number`);
    if (above.length === 0)
        breaks('HEAD', `page ${page.number} has no head`);
    for (const l of above)
        for (const e of descendants(sender ?? { children: [] }, 'addrLine').concat(descendants(sender ?? { children: [] }, 'contact'))) {
            const text = clean(plain(e.children.filter(c => typeof c === 'string').join(''))).join(' ').toLowerCase();
            if (text.length > 5 && l.text.toLowerCase().includes(text))
                breaks('HEAD', `the letterhead's "${text}" stands at the head of page ${page.number}`);
        }
}

for (const b of broken)
    console.log(`${pdf}: ${b}`);
console.log(`${broken.length ? 'FAIL' : 'PASS'} ${pdf}: ${pages.length} pages, ${found.length} of ${blocks.length} blocks found`);
process.exit(broken.length ? 1 : 0);
