import { execFile } from 'node:child_process'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const run = promisify(execFile)
const modules = join(import.meta.dirname, '../node_modules')

/**
 * A headless Chromium: the one at CHROMIUM_PATH, else the one of the npm package @sparticuz/chromium, which brings its own system
 * libraries and fonts, so that a bare machine will do. Works as root. The caller closes it.
 */
export const launchBrowser = async (): Promise<Browser> => {
  const { executablePath, env } = await findChromium()
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: [
      // root has no sandbox, and neither has a container
      '--no-sandbox',
      '--no-zygote',
      // a container's /dev/shm may be too small for it
      '--disable-dev-shm-usage',
      '--disable-gpu',
      // tests reach only the server under test
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-domain-reliability',
      '--no-pings',
      // the same glyphs at the same places on every machine
      '--font-render-hinting=none',
      '--hide-scrollbars',
    ],
  })
}

type Chromium = { executablePath: string; env: Record<string, string> }

const findChromium = async (): Promise<Chromium> => {
  const given = process.env.CHROMIUM_PATH
  if (given) return { executablePath: given, env: {} }
  const folder = await unpack()
  const executablePath = join(folder, 'chromium')
  const env: Record<string, string> = { FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  if (await starts(executablePath, env)) return { executablePath, env }
  // the machine lacks a library: take all of them from the package, and none otherwise, since newer ones suit newer machines
  env.LD_LIBRARY_PATH = join(folder, 'al2023/lib')
  if (await starts(executablePath, env)) return { executablePath, env }
  throw new Error(
    `The Chromium of @sparticuz/chromium does not run on ${process.platform}-${process.arch}. ` +
      'Install Chromium or Chrome and set CHROMIUM_PATH to its executable.',
  )
}

const starts = (executablePath: string, env: Record<string, string>): Promise<boolean> =>
  run(executablePath, ['--version', '--no-sandbox'], { env: { ...process.env, ...env } }).then(
    () => true,
    () => false,
  )

/** Unpacks the package once, beside it, whole or not at all; several test files may do so at once. */
const unpack = async (): Promise<string> => {
  const source = join(modules, '@sparticuz/chromium')
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }
  const folder = join(modules, '.cache', `chromium-${version}`)
  if (await stat(folder).catch(() => undefined)) return folder
  const partial = `${folder}.${process.pid}.partial`
  await mkdir(partial, { recursive: true })
  // the package unpacks to fixed names in the temporary folder, which other users share: it is given one of its own
  const script = `
    import { inflate } from '@sparticuz/chromium'
    for (const name of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'])
      await inflate(${JSON.stringify(source)} + '/bin/' + name)`
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(modules, '..'),
    env: { ...process.env, TMPDIR: partial },
  })
  await writeFile(join(partial, 'fonts.conf'), fontConfig(folder))
  // another process was quicker if the folder is there now
  await rename(partial, folder).catch(() => rm(partial, { recursive: true, force: true }))
  return folder
}

const fontConfig = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`
