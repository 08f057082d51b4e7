import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'

/** Settings of a PostgreSQL server, by name. */
export type ServerSettings = Record<string, string>

const megabyte = 1024 * 1024

/** Settings for steady bulk ingest beside a Node process on a small machine. Nothing here weakens durability. */
export const embeddedSettings = async (): Promise<ServerSettings> => {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
  // a quarter is PostgreSQL's own advice for a machine of its own; here Node and a browser share it
  const shared = Math.round(Math.min(1024, Math.max(64, memory / megabyte / 8)))
  return {
    listen_addresses: '127.0.0.1',
    // a socket's path may have 107 bytes, less than many a checkout's; the port is all that is needed
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: `${shared}MB`,
    effective_cache_size: `${shared * 3}MB`,
    work_mem: '16MB',
    maintenance_work_mem: `${Math.round(Math.min(256, Math.max(64, shared / 2)))}MB`,
    random_page_cost: '1.1',
    jit: 'off',
    // nobody replicates from this server, so a table filled in the transaction that makes it needs no log of its own
    wal_level: 'minimal',
    max_wal_senders: '0',
    wal_buffers: '16MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // a container's /dev/shm often has 64 MB, too little for parallel queries
    dynamic_shared_memory_type: (await hasSharedMemory()) ? 'posix' : process.platform === 'win32' ? 'windows' : 'mmap',
    client_connection_check_interval: process.platform === 'linux' ? '10s' : '0',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    cluster_name: 'barnraise',
    log_line_prefix: '%m [%p] ',
    // statements hold members' names: they stay out of the log even when they fail
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  }
}

/** For tests: quick, and worthless after a power cut. */
export const throwawaySettings: ServerSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  shared_buffers: '128MB',
  max_connections: '300',
}

const hasSharedMemory = async (): Promise<boolean> => {
  if (process.platform === 'win32') return false
  if (process.platform !== 'linux') return true
  const shm = await statfs('/dev/shm').catch(() => undefined)
  return shm !== undefined && shm.bsize * shm.bavail >= 256 * megabyte
}
