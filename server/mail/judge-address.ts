/** Which network addresses a hook may reach. What a manager types must not make this server talk to what stands beside it. */
import { BlockList, isIP } from 'node:net'

type Net = readonly [address: string, bits: number]

/** A network of one's own: reached only where the operator says so. RFC 1918, 6598, 4193; loopback. */
const OWN_V4: Net[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
]
/** What is no place to send to at all: IANA's registry of special-purpose addresses, and link-local, where clouds keep their keys. */
const NEVER_V4: Net[] = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
const OWN_V6: Net[] = [
  ['::1', 128],
  ['fc00::', 7],
]
/** Within what is public: tunnels that lead to any IPv4 address, benchmarks, examples; and where AWS keeps its keys. */
const NEVER_V6: Net[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fd00:ec2::254', 128],
]
/** IPv4 within IPv6: mapped (RFC 4291), and what DNS64 makes for networks without IPv4 (RFC 6052). */
const V4_WITHIN = ['::ffff:', '64:ff9b::']

const listOf = (v4: Net[], v6: Net[]): BlockList => {
  const list = new BlockList()
  for (const [address, bits] of v4) {
    list.addSubnet(address, bits, 'ipv4')
    for (const before of V4_WITHIN) list.addSubnet(`${before}${address}`, bits + 96, 'ipv6')
  }
  for (const [address, bits] of v6) list.addSubnet(address, bits, 'ipv6')
  return list
}

const own = listOf(OWN_V4, OWN_V6)
const never = listOf(NEVER_V4, NEVER_V6)
const publicV6 = new BlockList()
for (const net of ['2000::/3', '::ffff:0:0/96', '64:ff9b::/96']) {
  const [address, bits] = net.split('/') as [string, string]
  publicV6.addSubnet(address, Number(bits), 'ipv6')
}

/** `address`: an IP address as text, without brackets or zone. What is none may never be reached. */
export const judgeAddress = (address: string): 'public' | 'own' | 'never' => {
  const version = isIP(address)
  if (version === 0 || address.includes('%')) return 'never'
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (never.check(address, family)) return 'never'
  if (own.check(address, family)) return 'own'
  return version === 4 || publicV6.check(address, 'ipv6') ? 'public' : 'never'
}
