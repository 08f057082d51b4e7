import { closeSync, openSync, writeSync } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'

/** Writes a ZIP file by file, as an export has it; up to 4 GB and 65,535 files. */
export const openZipWriter = (path: string) => {
  const file = openSync(path, 'w')
  const directory: Buffer[] = []
  let at = 0
  let count = 0
  const write = (bytes: Uint8Array) => {
    writeSync(file, bytes)
    at += bytes.length
  }
  return {
    add: (name: string, content: string) => {
      const bytes = Buffer.from(content)
      const packed = deflateRawSync(bytes, { level: 1 })
      const named = Buffer.from(name)
      const fields = Buffer.alloc(26)
      fields.writeUInt16LE(20, 0)
      fields.writeUInt16LE(0x800, 2)
      fields.writeUInt16LE(8, 4)
      fields.writeUInt32LE(crc32(bytes), 10)
      fields.writeUInt32LE(packed.length, 14)
      fields.writeUInt32LE(bytes.length, 18)
      fields.writeUInt16LE(named.length, 22)
      const place = Buffer.alloc(14)
      place.writeUInt32LE(at, 10)
      directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, place, named)
      write(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, named, packed]))
      count++
    },
    end: () => {
      const central = Buffer.concat(directory)
      const end = Buffer.alloc(22)
      end.write('PK\x05\x06', 'latin1')
      end.writeUInt16LE(count, 8)
      end.writeUInt16LE(count, 10)
      end.writeUInt32LE(central.length, 12)
      end.writeUInt32LE(at, 16)
      write(central)
      write(end)
      closeSync(file)
    },
  }
}
