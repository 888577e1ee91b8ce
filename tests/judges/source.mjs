// source.mjs -- what a letter's XML says that must be printed, as a list of blocks.
//
// A block is { kind, text, flow, line, element, part }: flow blocks stand in the order of the
// source on the page (from the salutation to the last postscript); the others (letterhead,
// addressee, reference, names of an annex, which a style places or sorts) must each be found
// whole, wherever they stand.
import fs from 'node:fs';
import { GENERATED, NOTE } from './words.mjs';

const entity = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const decode = s => s.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, dec, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : dec ? String.fromCodePoint(+dec) : entity[name] ?? all);

// A small reader for well-formed XML without a DTD: elements { name, attr, children, line,
// parent }, texts as strings.
export function readXml(file) {
    const xml = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    const root = { name: '', attr: {}, children: [], line: 1, parent: null };
    const token = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>|<\/\s*[^>]+>|<([^\s\/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|[^<]+/g;
    let here = root, line = 1, m;
    while ((m = token.exec(xml)) !== null) {
        const t = m[0];
        if (t.startsWith('<![CDATA[')) {
            here.children.push(m[1]);
        } else if (t.startsWith('</')) {
            here = here.parent;
        } else if (t.startsWith('<!') || t.startsWith('<?')) {
            // comments and instructions are not printed
        } else if (t.startsWith('<')) {
            const attr = {};
            for (const a of m[3].matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
                attr[a[1]] = decode(a[2] ?? a[3]);
            const e = { name: m[2].replace(/^.*:/, ''), attr, children: [], line, parent: here };
            here.children.push(e);
            if (!m[4])
                here = e;
        } else {
            here.children.push(decode(t));
        }
        line += t.split('\n').length - 1;
    }
    return root.children.find(c => typeof c !== 'string');
}

const elements = (e, name) => e.children.filter(c => typeof c !== 'string' && (!name || c.name === name));
export const child = (e, name) => (e ? elements(e, name)[0] : undefined);
const empty = e => e.children.every(c => typeof c === 'string' && c.trim() === '');

export function descendants(e, name, found = []) {
    for (const c of elements(e)) {
        if (c.name === name)
            found.push(c);
        descendants(c, name, found);
    }
    return found;
}

function language(e) {
    for (; e; e = e.parent)
        if (e.attr['xml:lang'])
            return e.attr['xml:lang'].toLowerCase().split('-')[0];
    return '';
}

// The parties, in the order of the first original.
function parties(e) {
    let letter = e;
    while (letter && letter.name !== 'letter')
        letter = letter.parent;
    const list = child(letter, 'parties');
    return list ? elements(list, 'party') : [];
}

// Their names, with whatever the language puts between.
function partyNames(e) {
    return parties(e).map(p => {
        const names = e.attr.name ? elements(p, 'form').filter(f => f.attr.name === e.attr.name)
                                  : elements(p, 'orgName');
        const of = names.find(n => language(n) === language(e)) ?? names[0];
        return of ? inline(of, []) : '';
    }).join(` ${GENERATED} `);
}

// The printed text of inline content; notes are pushed to `notes`.
function inline(e, notes) {
    return e.children.map((c, i) => {
        const beside = k => e.children[k]?.name === 'variant';
        if (typeof c === 'string') // space between variants is none
            return c.trim() === '' && beside(i - 1) && beside(i + 1) ? '' : c;
        switch (c.name) {
        case 'note': notes.push(c); return NOTE;
        case 'lb': return ' ';
        case 'figure': return '';
        case 'q': return '"' + inline(c, notes) + '"';
        case 'list': case 'quote': case 'table': return ' ';
        case 'partyNames': return partyNames(c);
        case 'variant': return c.attr.party === parties(c)[0]?.attr['xml:id'] ? inline(c, notes) : '';
        case 'date': case 'field': case 'ref': case 'honorific': case 'salute': case 'formula':
            return empty(c) ? GENERATED : inline(c, notes);
        default: return inline(c, notes);
        }
    }).join('');
}

// Of elements repeated in several languages, the letter's own; others stay as they are.
function chosen(list, letter) {
    const own = language(letter);
    const many = new Set(list.map(language)).size > 1;
    return many ? list.filter(e => language(e) === own) : list;
}

const leaf = new Set(['p', 'salute', 'head', 'formula', 'subject', 'cell', 'orgName', 'persName',
    'role', 'honorific', 'addrLine', 'motto', 'contact', 'placeName', 'dateline', 'invocation',
    'idno', 'initials', 'country', 'item', 'title', 'behalf']);
const inNames = new Set(['signed', 'signatory']);

export function printedBlocks(letter) {
    const blocks = [];
    let part = null; // the letter's child that the walk is in
    const add = (e, kind, flow) => {
        const notes = [];
        const text = inline(e, notes);
        if (text.replaceAll(NOTE, '').trim() !== '' && text.replaceAll(GENERATED, '').replaceAll(NOTE, '').trim() !== '')
            blocks.push({ kind, text, flow, line: e.line, element: e, part });
        for (const n of notes)
            note(n);
    };
    const note = n => {
        const inner = elements(n).filter(c => c.name === 'p');
        if (inner.length)
            inner.forEach(p => add(p, 'note', false));
        else
            add(n, 'note', false);
    };
    const walk = (e, flow) => {
        const kids = elements(e);
        for (const name of new Set(kids.map(k => k.name))) {
            const same = kids.filter(k => k.name === name);
            const use = new Set(chosen(same, letter));
            if (['orgName', 'role', 'motto', 'addrLine', 'contact', 'address', 'persName'].includes(name))
                same.filter(k => !use.has(k)).forEach(k => kids.splice(kids.indexOf(k), 1));
        }
        for (const c of kids) {
            switch (c.name) {
            case 'signatory': case 'signed': // a name withheld is printed nowhere
                if (c.attr.status !== 'withheld')
                    walk(c, flow);
                break;
            case 'figure': case 'seal': case 'keywords': case 'classification': case 'urgency': case 'delivery':
                break;
            case 'letter': // its parts stand where it does
                blocks.push(...printedBlocks(c));
                break;
            case 'item': { // text of its own, then what is nested in it
                add(c, 'item', flow);
                for (const k of elements(c))
                    if (['p', 'list', 'quote', 'table'].includes(k.name))
                        k.name === 'p' ? add(k, 'item', flow) : walk(k, flow);
                break;
            }
            default:
                if (leaf.has(c.name)) {
                    const kind = inNames.has(e.name) ? e.name + '/' + c.name : e.name === 'address' || leaf.has(e.name) ? c.name : e.name + '/' + c.name;
                    add(c, kind, flow && c.name !== 'cell');
                    for (const k of elements(c))
                        if (['list', 'quote', 'table'].includes(k.name))
                            walk(k, flow);
                } else {
                    walk(c, flow);
                }
            }
        }
    };
    for (part of elements(letter)) {
        switch (part.name) {
        case 'meta':
            for (const e of chosen(elements(part, 'subject'), letter)) add(e, 'subject', false);
            for (const e of elements(part, 'idno')) add(e, 'idno', false);
            break;
        case 'parties':
            break;
        case 'sender': case 'addressee': case 'signatories': case 'encl': case 'cc':
            walk(part, false);
            break;
        case 'opener':
            for (const e of elements(part))
                add(e, 'opener/' + e.name, e.name === 'salute');
            break;
        case 'closer':
            for (const e of elements(part)) {
                if (e.name === 'signed') { if (e.attr.status !== 'withheld') walk(e, false); }
                else if (['formula', 'dateline', 'initials'].includes(e.name)) add(e, 'closer/' + e.name, e.name === 'formula');
            }
            break;
        default: // body, postscript, attachments
            walk(part, true);
        }
    }
    return blocks;
}

// The plain words of an element, for messages.
export function words(text) {
    return text.replaceAll(GENERATED, '[...]').replaceAll(NOTE, '').replace(/\s+/g, ' ').trim();
}
