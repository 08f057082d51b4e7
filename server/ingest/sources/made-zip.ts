import { crc32, deflateRawSync } from 'node:zlib'

/** One file of a ZIP as a test makes it; whatever is said in place of the truth is what its directory says. */
export type MadeEntry = {
  name: string | Uint8Array
  content?: string | Uint8Array
  /** 0 stored, 8 deflated; another is said and not done. */
  method?: number
  /** Bit 0: encrypted, bit 6: strongly, bit 11: the name is UTF-8. */
  flags?: number
  saidSize?: number
  saidCrc?: number
  /** Sizes and offset in the extra field of ZIP64. */
  isZip64?: boolean
  /** Sizes and checksum behind the bytes, as of a stream; with or without a signature, 4 or 8 bytes a size. */
  descriptor?: { hasSignature: boolean; sizeBytes: 4 | 8 }
  /** Lies where the entry before it does. */
  isOver?: boolean
}

/** The bytes of a ZIP, for tests. */
export const makeZip = (entries: readonly MadeEntry[]): Buffer => {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  let before = 0
  for (const entry of entries) {
    const { name, content = '', method = 8, saidSize, saidCrc, isZip64 = false, isOver = false, descriptor } = entry
    const flags = (entry.flags ?? 0x800) | (descriptor ? 8 : 0)
    const bytes = Buffer.from(content as string)
    const packed = method === 0 ? bytes : deflateRawSync(bytes)
    const named = Buffer.from(name as string)
    const crc = saidCrc ?? crc32(bytes)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(method, 8)
    local.writeUInt32LE(descriptor ? 0 : crc, 14)
    local.writeUInt32LE(descriptor ? 0 : packed.length, 18)
    local.writeUInt32LE(descriptor ? 0 : (saidSize ?? bytes.length), 22)
    local.writeUInt16LE(named.length, 26)
    if (!isOver) before = offset
    const extra = Buffer.alloc(isZip64 ? 28 : 0)
    if (isZip64) {
      extra.writeUInt16LE(1, 0)
      extra.writeUInt16LE(24, 2)
      extra.writeBigUInt64LE(BigInt(saidSize ?? bytes.length), 4)
      extra.writeBigUInt64LE(BigInt(packed.length), 12)
      extra.writeBigUInt64LE(BigInt(before), 20)
    }
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(isZip64 ? 45 : 20, 6)
    central.writeUInt16LE(flags, 8)
    central.writeUInt16LE(method, 10)
    central.writeUInt32LE(crc, 16)
    central.writeUInt32LE(isZip64 ? 0xffffffff : packed.length, 20)
    central.writeUInt32LE(isZip64 ? 0xffffffff : (saidSize ?? bytes.length), 24)
    central.writeUInt16LE(named.length, 28)
    central.writeUInt16LE(extra.length, 30)
    central.writeUInt32LE(isZip64 ? 0xffffffff : before, 42)
    directory.push(central, named, extra)
    if (isOver) continue
    const behind = descriptor ? makeDescriptor(descriptor, crc, packed.length, saidSize ?? bytes.length) : Buffer.alloc(0)
    parts.push(local, named, packed, behind)
    offset += local.length + named.length + packed.length + behind.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}

const makeDescriptor = ({ hasSignature, sizeBytes }: NonNullable<MadeEntry['descriptor']>, crc: number, packed: number, size: number) => {
  const made = Buffer.alloc(8 + 2 * sizeBytes)
  made.writeUInt32LE(0x08074b50, 0)
  made.writeUInt32LE(crc, 4)
  // of 8 bytes the upper four are nothing here
  made.writeUInt32LE(packed, 8)
  made.writeUInt32LE(size, 8 + sizeBytes)
  return hasSignature ? made : made.subarray(4)
}
