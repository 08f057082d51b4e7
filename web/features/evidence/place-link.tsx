import { isWebAddress } from '../cases/case-table.tsx'

/** Where something happened, in a new tab; the bare name of it where its address is none that a browser may safely open. */
export const PlaceLink = ({ url, id, children }: { url: string | null; id: string; children: string }) =>
  url !== null && isWebAddress(url) ? (
    <a href={url} target="_blank" rel="noreferrer noopener" title={id}>
      <bdi>{children}</bdi>
      <span className="visually-hidden"> {id} where it happened, in a new tab</span>
    </a>
  ) : (
    <bdi title={id}>{children}</bdi>
  )
