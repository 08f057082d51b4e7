/** The Chromium that prints reports, and that browser tests look at pages with: found, unpacked and started in one place. */
import { execFile } from 'node:child_process'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const run = promisify(execFile)
const modules = join(import.meta.dirname, '../../node_modules')

export type Environment = Record<string, string | undefined>
export type ChromiumPlace = {
  /** An executable of the machine's own; undefined: the one of the npm package @sparticuz/chromium. */
  path: string | undefined
  /** What it may see of the environment. A server's holds secrets: give it a part only. */
  env: Environment
  /** Where it is unpacked if the packages' own folder may not be written to. */
  otherFolder?: string
}

/** No Chromium runs here; the message says what to do. */
export class NoChromium extends Error {
  override name = 'NoChromium'
}

const ARGUMENTS = [
  // root has no sandbox, and neither has a container
  '--no-sandbox',
  '--no-zygote',
  // a container's /dev/shm may be too small for it
  '--disable-dev-shm-usage',
  '--disable-gpu',
  // it reaches only what it is given
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-pings',
  // the same glyphs at the same places on every machine
  '--font-render-hinting=none',
  '--hide-scrollbars',
]

/**
 * A headless Chromium: the one at `path`, else the one of the npm package, which brings its own system libraries and fonts, so that a
 * bare machine will do. Works as root. It ends with this process; the caller closes it. Throws NoChromium.
 */
export const launchChromium = async (place: ChromiumPlace, furtherArguments: readonly string[] = []): Promise<Browser> => {
  const { executablePath, env } = await findChromium(place)
  try {
    return await chromium.launch({
      executablePath,
      env: { ...place.env, ...env },
      args: [...ARGUMENTS, ...furtherArguments],
      // a server has its own way down
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
  } catch (error) {
    throw new NoChromium(`Chromium at ${executablePath} did not start: ${(error as Error).message.split('\n')[0]}`, { cause: error })
  }
}

type Chromium = { executablePath: string; env: Record<string, string> }

const findChromium = async ({ path, env: given, otherFolder }: ChromiumPlace): Promise<Chromium> => {
  if (path) return { executablePath: path, env: {} }
  const folder = await unpack(otherFolder)
  const executablePath = join(folder, 'chromium')
  const env: Record<string, string> = { FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  if (await starts(executablePath, { ...given, ...env })) return { executablePath, env }
  // the machine lacks a library: take all of them from the package, and none otherwise, since newer ones suit newer machines
  env.LD_LIBRARY_PATH = join(folder, 'al2023/lib')
  if (await starts(executablePath, { ...given, ...env })) return { executablePath, env }
  throw new NoChromium(
    `The Chromium of @sparticuz/chromium does not run on ${process.platform}-${process.arch}. ` +
      'Install Chromium or Chrome and set CHROMIUM_PATH to its executable.',
  )
}

const starts = (executablePath: string, env: Environment): Promise<boolean> =>
  run(executablePath, ['--version', '--no-sandbox'], { env }).then(
    () => true,
    () => false,
  )

const canWrite = (folder: string): Promise<boolean> =>
  mkdir(folder, { recursive: true }).then(
    () => true,
    () => false,
  )

/** Unpacks the package once, beside it or else in `otherFolder`, whole or not at all; several processes may do so at once. */
const unpack = async (otherFolder: string | undefined): Promise<string> => {
  const source = join(modules, '@sparticuz/chromium')
  const packed = await readFile(join(source, 'package.json'), 'utf8').catch(() => null)
  if (packed === null)
    throw new NoChromium(
      'The package @sparticuz/chromium is not installed here. Set CHROMIUM_PATH to a Chromium or Chrome of this machine.',
    )
  const { version } = JSON.parse(packed) as { version: string }
  const name = `chromium-${version}`
  const beside = join(modules, '.cache', name)
  if (await stat(beside).catch(() => undefined)) return beside
  const partOf = (folder: string) => `${folder}.${process.pid}.partial`
  const folder = otherFolder === undefined || (await canWrite(partOf(beside))) ? beside : join(otherFolder, name)
  if (await stat(folder).catch(() => undefined)) return folder
  const partial = partOf(folder)
  await mkdir(partial, { recursive: true })
  // the package unpacks to fixed names in the temporary folder, which other users share: it is given one of its own
  const script = `
    import { inflate } from '@sparticuz/chromium'
    for (const name of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'])
      await inflate(${JSON.stringify(source)} + '/bin/' + name)`
  try {
    await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: join(modules, '..'),
      env: { TMPDIR: partial, TEMP: partial, TMP: partial },
    })
    await writeFile(join(partial, 'fonts.conf'), fontConfig(folder))
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw new NoChromium(
      `Chromium could not be unpacked to ${folder}: ${(error as Error).message.split('\n')[0]}. It takes about 220 MB; or set CHROMIUM_PATH.`,
      { cause: error },
    )
  }
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
