/** Which currencies amounts may be in, and how an amount is written. */
import { EN_DASH } from './format.ts'

/** Active codes of ISO 4217 (2026), and BGN, in which costs of past years were: written down, so that page and server know the same. */
const CODES = `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP
CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG`
export const CURRENCIES: readonly string[] = CODES.split(/\s+/)

/** Of these about a hundred or more make one US dollar, so that an hour costs thousands (our judgement, rates of 2026). */
const SMALL_UNITS = `AMD AOA ARS BDT BIF CDF CLP COP CRC CVE DJF DZD ETB GNF GYD HTG HUF IDR IQD IRR ISK JMD JPY KES KHR KMF KPW KRW KZT LAK LBP LKR
LRD MGA MMK MNT MWK MZN NGN NPR PKR PYG RSD RUB RWF SDG SOS SSP SYP TZS UGX UZS VES VND VUV XAF XOF XPF YER`
const SMALL: ReadonlySet<string> = new Set(SMALL_UNITS.split(/\s+/))
/** How many times a limit that is stated for currencies like the euro is wider here. */
export const widthOfLimit = (currency: string): number => (SMALL.has(currency) ? 10_000 : 1)

/** Decimals that amounts in it have: 2 of EUR, none of JPY. */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** Its name: Swiss Franc. */
export const nameCurrency = (currency: string): string => new Intl.DisplayNames('en-GB', { type: 'currency' }).of(currency) ?? currency

/** Amounts from here on are written without decimals (our judgement): nobody reads cents beside thousands. */
const NO_CENTS_FROM = 1000

const amountFormat = (amount: number, currency: string): Intl.NumberFormat =>
  new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    ...(Math.abs(amount) >= NO_CENTS_FROM ? { maximumFractionDigits: 0 } : {}),
    trailingZeroDisplay: 'stripIfInteger',
  })

/** €65, €12,400, US$0.50, JP¥2,350. */
export const formatMoney = (amount: number, currency: string): string => amountFormat(amount, currency).format(amount)

/** €2,600–7,150: the currency once, and cents at both ends or at none. */
export const formatMoneyRange = (low: number, high: number, currency: string): string => {
  const format = amountFormat(high, currency)
  const [from, to] = [format.format(low), format.format(high)]
  if (from === to) return from
  const bare = format
    .formatToParts(high)
    .filter(({ type }) => type !== 'currency' && type !== 'literal')
    .map(({ value }) => value)
    .join('')
  // a currency may stand before or behind
  return to.endsWith(bare) ? `${from}${EN_DASH}${bare}` : `${from}${EN_DASH}${to}`
}
