/** A picture at the address that its push told: open to everybody, so accounts that may fetch nothing by id have it too. */
import { fileAt, type ApiOptions } from './api.ts'

/** Null where it can't be had, is too large, or lies elsewhere than with the platform. Never rejects. */
export type Picture = (address: string) => Promise<{ readonly bytes: Uint8Array; readonly name: string } | null>

/** Whether the platform keeps pictures there. */
export type PictureHost = (address: URL) => boolean

const isPictureHost: PictureHost = ({ protocol, hostname, port }) =>
  /^https?:$/.test(protocol) && port === '' && hostname.endsWith('.qpic.cn')

/** @param isPlatform whose addresses are asked; default: the platform's picture hosts */
export const pictureBy =
  (options: ApiOptions, isPlatform: PictureHost = isPictureHost): Picture =>
  async (address) => {
    if (!URL.canParse(address) || !isPlatform(new URL(address))) return null
    const bytes = await fileAt(address, options)
    return bytes && bytes.length > 0 ? { bytes, name: 'picture.jpg' } : null
  }
