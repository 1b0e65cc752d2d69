/** Photos are made small before they travel; drawn anew they carry no place and no camera. */
import type { Enclosure } from './chat'

/** Pixels of the longest side; what a letter or a crack in a wall needs to be read. */
const LONGEST = 1600
const QUALITY = 0.8
const PREVIEW = 320
const PREVIEW_QUALITY = 0.6

/** @throws when the browser can't show it as a picture */
export async function photoOf(file: Blob): Promise<Enclosure> {
  const address = URL.createObjectURL(file)
  try {
    const image = await loaded(address)
    const blob = await new Promise<Blob | null>((resolve) =>
      drawn(image, LONGEST).toBlob(resolve, 'image/jpeg', QUALITY),
    )
    if (!blob) throw new Error('no picture')
    return {
      file: { bytes: await bytesOf(blob), type: 'image/jpeg', name: 'photo.jpg' },
      picture: drawn(image, PREVIEW).toDataURL('image/jpeg', PREVIEW_QUALITY),
    }
  } finally {
    URL.revokeObjectURL(address)
  }
}

function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => resolve(image)
    image.onerror = () => reject(new Error('no picture'))
    image.src = address
  })
}

function drawn(image: HTMLImageElement, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** `Blob.arrayBuffer` is missing in older Safari. */
export function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as ArrayBuffer)
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'))
    reader.readAsArrayBuffer(blob)
  })
}
