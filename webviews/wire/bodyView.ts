/** The body of a message as what it is: text, JSON, a form, an image; else where its bytes are. */
import type { BodyView } from '../../src/messages/panel';
import { h } from '../common/dom';
import { t } from '../common/strings';
import { exactBytes, grouped } from '../common/units';
import { visibleLine } from '../common/visibleText';
import { formOf } from './bodyText';

/** @param toBytes goes to the bytes that the body came in; null where these are not known */
export function bodyNodes(body: BodyView | null, toBytes: (() => void) | null): Node[] {
  if (!body) return [h('p', { class: 'secondary', text: t('No body.') })];
  const bytes = Uint8Array.from(atob(body.data), (char) => char.charCodeAt(0));
  const form = formOf(bytes, body.contentType, body.truncated);
  const heading = h(
    'h3',
    { text: t('Body · {0}', form.kind) },
    body.truncated ? '' : h('span', { class: 'size', text: ` · ${exactBytes(bytes.length)}` }),
  );
  const link = toBytes
    ? h('button', { type: 'button', class: 'link', text: t('Show the bytes'), on: { click: toBytes } })
    : '';
  const more = body.truncated
    ? [h('p', { class: 'secondary' }, t('Only the first {0} B are shown.', grouped(bytes.length)), ' ', link)]
    : [];
  switch (form.kind) {
    case 'json':
    case 'text':
      return [heading, h('pre', { class: `body-text body-${form.kind}`, text: form.text }), ...more];
    case 'form':
      return [heading, definitions(form.fields), ...more];
    case 'image':
      return [heading, picture(bytes, form.type, link)];
    case 'bytes':
      return [heading, h('p', { class: 'secondary' }, t('These bytes are no text.'), ' ', link)];
  }
}

/** Pixels on a canvas: an image element would need a source, and the policy allows none. */
function picture(bytes: Uint8Array, type: string, link: Node | string): HTMLElement {
  const canvas = h('canvas', { class: 'body-image', role: 'img', 'aria-label': t('Image, {0}', type) });
  createImageBitmap(new Blob([bytes as BlobPart], { type }), { resizeQuality: 'medium' }).then(
    (bitmap) => {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      const facts = `${type}, ${bitmap.width} × ${bitmap.height}`;
      canvas.after(h('p', { class: 'secondary', text: facts }));
    },
    () => canvas.replaceWith(h('p', { class: 'secondary' }, t('The image cannot be decoded.'), ' ', link)),
  );
  return canvas;
}

export function definitions(lines: readonly (readonly [string, string])[]): HTMLElement {
  return h(
    'dl',
    { class: 'definitions' },
    ...lines.flatMap(([name, value]) => [h('dt', { text: visibleLine(name) }), h('dd', { text: visibleLine(value) })]),
  );
}
