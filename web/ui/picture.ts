import { domToBlob } from 'modern-screenshot'
import { saveFile } from './save-file.ts'

/** Twice the size on the page, so that it can be shown on a slide. */
const SCALE = 2

/** Hands the reader what an element shows as a PNG file, without what is not printed. */
export const downloadPicture = async (element: HTMLElement, fileName: string): Promise<void> => {
  const blob = await domToBlob(element, {
    scale: SCALE,
    backgroundColor: getComputedStyle(document.body).getPropertyValue('--card') || '#fff',
    filter: (node) => !(node instanceof Element && node.classList.contains('no-print')),
  })
  saveFile(fileName, blob)
}
