// Runs before `npm start`, `npm test` and `npm run cli`: installs packages and builds the pages when that is due, and says so.
// Plain JavaScript without packages, because it runs under whatever Node the machine has, before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const lockFile = join(root, '.installing')
const triedStamp = join(root, 'node_modules/.tried')
const webStamp = join(root, 'web/dist/.built-from')

const say = (line) => process.stderr.write(`barnraise: ${line}\n`)

const fail = (...lines) => {
  for (const line of lines) say(line)
  rmSync(lockFile, { force: true })
  process.exit(1)
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** Every package the lock file wants here stands in npm's own record of what it has installed, in that version. */
const isInstalled = () => {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = readJson(join(root, 'package-lock.json')).packages
  const installed = readJson(record).packages
  // an optional package made for one platform; others hang on packages of other platforms
  const isForHere = ({ os, cpu, libc }) =>
    (os || cpu) &&
    !libc?.includes('musl') &&
    (!os || [os].flat().includes(process.platform)) &&
    (!cpu || [cpu].flat().includes(process.arch))
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    // npm leaves out an optional package that it cannot fetch, and goes on; so do we once that was tried
    if (entry.optional && (!isForHere(entry) || (!installed[path] && isTried()))) return true
    return installed[path]?.version === entry.version && existsSync(join(root, path, 'package.json'))
  })
}

/** Which install was tried: the lock file's content, and the platform, since a folder may be carried to another. */
const attempt = () =>
  `${process.platform}-${process.arch} ${createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')}`
const isTried = () => existsSync(triedStamp) && readFileSync(triedStamp, 'utf8') === attempt()

const install = () => {
  say('installing packages; the first time this takes about half a minute …')
  const began = Date.now()
  // dev packages too, whatever NODE_ENV says: they build the pages. The older Node that some of them reject only installs them.
  const flags = ['ci', '--include=dev', '--include=optional', '--engine-strict=false', '--no-audit', '--no-fund', '--loglevel=error']
  const result = npm(flags)
  if (result.status !== 0) {
    fail(
      'npm could not install the packages: its messages stand above. Is the package registry within reach?',
      `By hand: npm ${flags.slice(0, 3).join(' ')}`,
    )
  }
  writeFileSync(triedStamp, attempt())
  say(`packages installed in ${seconds(began)} s`)
}

/** The server is TypeScript run as it is, which Node does from 22.18 on; with the package of Node it need not be the machine's. */
const refuseOldNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const isNew = major > 23 || (major === 22 && minor >= 18) || (major === 23 && minor >= 6)
  const isPackaged = existsSync(join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node'))
  if (!isNew && !isPackaged) {
    fail(
      `this is Node ${process.versions.node}, and there is no packaged Node 24 for ${process.platform}-${process.arch} to use instead.`,
      'Install Node 24 (https://nodejs.org) and run the command again.',
    )
  }
}

const hashOfWeb = () => {
  const hash = createHash('sha256')
  const add = (path) => {
    const files = readdirSync(join(root, path), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const file of files) {
      const name = `${path}/${file.name}`
      if (file.isDirectory()) {
        if (file.name !== 'dist' && file.name !== 'node_modules') add(name)
      } else if (!/\.test\.tsx?$/.test(file.name)) {
        hash
          .update(name)
          .update('\0')
          .update(readFileSync(join(root, name)))
          .update('\0')
      }
    }
  }
  add('web')
  add('shared')
  hash.update(readFileSync(join(root, 'package-lock.json')))
  return hash.digest('hex')
}

const buildWeb = (hash) => {
  say('building the pages …')
  const began = Date.now()
  const result = npm(['run', '--silent', 'build'], 'pipe')
  if (result.status !== 0) fail(`${result.stdout}${result.stderr}`.trim(), 'the pages could not be built: see above.')
  writeFileSync(webStamp, hash)
  say(`pages built in ${seconds(began)} s`)
}

// npm tells its scripts where it is itself; a shell finds npm.cmd on Windows. What it prints must not mix with a command's result.
const npm = (args, stdio = ['ignore', 2, 2]) => {
  const own = process.env.npm_execpath
  const options = { cwd: root, stdio, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }
  return own && /\.c?js$/.test(own)
    ? spawnSync(process.execPath, [own, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

const seconds = (began) => ((Date.now() - began) / 1000).toFixed(1)

/** One process at a time works on node_modules; the others wait for it and then find everything in place. */
const alone = (work) => {
  for (let told = false; ; ) {
    try {
      const file = openSync(lockFile, 'wx')
      writeSync(file, String(process.pid))
      closeSync(file)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`cannot write in ${root}: ${error.message}`)
      const holder = Number(existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : 0)
      if (holder && !isAlive(holder)) rmSync(lockFile, { force: true })
      else if (!told) {
        told = true
        say(`another process is installing packages: waiting for it … (if none is, remove ${lockFile})`)
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250)
    }
  }
  try {
    work()
  } finally {
    rmSync(lockFile, { force: true })
  }
}

const isBuilt = (hash) => existsSync(webStamp) && readFileSync(webStamp, 'utf8') === hash
const withWeb = !process.argv.includes('--without-web')

if (!isInstalled()) alone(() => isInstalled() || install())
refuseOldNode()
if (withWeb) {
  const hash = hashOfWeb()
  if (!isBuilt(hash)) alone(() => isBuilt(hash) || buildWeb(hash))
}
