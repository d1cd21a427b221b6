import type RFB from '@novnc/novnc';

/**
 * noVNC makes `data:` addresses of the pictures and pointers that a server sends, which `img-src 'self'` forbids: the
 * first JPEG would stop everything behind it. Here pictures are decoded without an address, and the pointer over the
 * screen is the page's own. To be removed when noVNC does so itself.
 */
export function drawWithoutAddresses(rfb: RFB, canvas: HTMLElement | null): void {
  const display = rfb._display;
  display.imageRect = (x, y, width, height, type, bytes) => {
    if (width === 0 || height === 0) return;
    const picture = Object.assign(document.createElement('canvas'), { complete: false, src: '' });
    picture.width = width;
    picture.height = height;
    // Its place in the row: what comes after it is drawn after it.
    display._renderQPush({ type: 'img', img: picture, x, y, width, height });
    void createImageBitmap(new Blob([bytes], { type }))
      .then((bitmap) => {
        picture.getContext('2d')?.drawImage(bitmap, 0, 0);
        bitmap.close();
      })
      // A picture that is broken leaves what was there.
      .catch(() => undefined)
      .then(() => {
        picture.complete = true;
        picture.dispatchEvent(new Event('load'));
      });
  };
  const cursor = rfb._cursor;
  cursor.change = () => undefined;
  cursor.clear = () => undefined;
  if (canvas) canvas.style.cursor = 'default';
}
