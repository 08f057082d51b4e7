/** What it was measured on, in words that name no host and no folder. */
import { readFile } from 'node:fs/promises'
import { cpus, release, totalmem, type } from 'node:os'

export type Machine = { cpu: string; cores: number; memory_gb: number; disk: string; system: string; node: string; postgres: string }

/** Linux tells whether any disk turns; elsewhere nothing is said. */
const describeDisk = async (): Promise<string> => {
  for (const name of ['vda', 'nvme0n1', 'sda']) {
    const text = await readFile(`/sys/block/${name}/queue/rotational`, 'utf8').catch(() => null)
    if (text !== null) return `${name.startsWith('vd') ? 'virtual disk' : 'disk'}, ${text.trim() === '1' ? 'said to turn' : 'solid state'}`
  }
  return 'unknown'
}

export const describeMachine = async (postgres: string): Promise<Machine> => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memory_gb: Math.round(totalmem() / 1024 ** 3),
  disk: await describeDisk(),
  system: `${type()} ${release()}`,
  node: process.version,
  postgres,
})
