import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('a program ends by itself when the one that started it is killed', async () => {
  const program = `
    import { stopWithParent } from ${JSON.stringify(join(import.meta.dirname, 'stop-with-parent.ts'))}
    stopWithParent(() => { console.log('stopped'); process.exit(0) })
    setInterval(() => {}, 1000)
    console.log('running')`
  // the parent in between, as npm is
  const parent = `
    import { spawn } from 'node:child_process'
    spawn(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(program)}], { stdio: ['ignore', 1, 2] })
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', parent], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const ended = new Promise((resolve) => child.stdout.once('close', resolve))
  child.stdout.on('data', (data) => {
    said += data
    if (said === 'running\n') child.kill('SIGKILL')
  })
  // its output closes when the last process that writes to it has ended
  await ended
  expect(said).toBe('running\nstopped\n')
}, 20_000)
