/** Small drawings in the text's colour, 16 by 16. Every one stands beside words or has a label at its button. */
const PATHS = {
  error: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5.5 5.5l5 5m0-5-5 5',
  warning: 'M8 2 1.8 13.5h12.4L8 2Zm0 4.5v3.2m0 1.6v.4',
  info: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 7v4m0-6.4V5',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  running: 'M8 2.5A5.5 5.5 0 1 1 2.5 8M8 5v3l2 1.5',
  unread: 'M1.8 3.8h12.4v8.4H1.8V3.8Zm0 .6L8 8.8l6.2-4.4',
  up: 'M8 13.5v-11M3.8 6.7 8 2.5l4.2 4.2',
  down: 'M8 2.5v11M3.8 9.3 8 13.5l4.2-4.2',
  expanded: 'm3.5 6 4.5 4.5L12.500 6',
  collapsed: 'M6 3.5 10.500 8 6 12.500',
  eye: 'M1.200 8S3.700 3.500 8 3.500 14.800 8 14.800 8 12.300 12.500 8 12.500 1.200 8 1.200 8ZM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
  eyeOff:
    'M1.200 8S3.700 3.500 8 3.500 14.800 8 14.800 8 12.300 12.500 8 12.500 1.200 8 1.200 8ZM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4M2.500 14l11-12',
  search: 'M7 2.200a4.800 4.800 0 1 0 0 9.600 4.800 4.800 0 0 0 0-9.600Zm3.500 8.300 3.700 3.700',
  copy: 'M5.500 5.500h8v8h-8v-8Zm-3 5v-8h8',
  save: 'M2.500 2.500h9l2 2v9h-11v-11Zm2.500 0v4h5v-4m-5 11v-4h6v4',
  close: 'm3.500 3.500 9 9m0-9-9 9',
  group: 'M2 3h5v3H2V3Zm3 7h9v3H5v-3ZM3.500 6v5.500H5M5 7.500h9',
  collapseAll: 'M5.500 5.500v-3h8v8h-3M2.500 5.500h8v8h-8v-8Zm2 4h4',
  expandAll: 'M5.500 5.500v-3h8v8h-3M2.500 5.500h8v8h-8v-8Zm2 4h4m-2-2v4',
  folded: 'M6 3.500 10.500 8 6 12.500',
  unfolded: 'M3.500 6 8 10.500 12.500 6',
  help: 'M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13ZM6 6.200c0-2.600 4-2.600 4 0 0 1.600-2 1.500-2 3.100m0 1.700v.4',
  live: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z',
  previous: 'M12.500 10 8 5.500 3.500 10',
  next: 'M3.500 6 8 10.500 12.500 6',
  timeline: 'M2 13.500h12.500M2 13.500v-11M3.500 11c3 0 3-7 6-7 2 0 2 2 4.500 2',
  source: 'M5.500 4 2 8l3.500 4M10.500 4 14 8l-3.500 4',
} as const;

export type IconName = keyof typeof PATHS;
const SVG = 'http://www.w3.org/2000/svg';

export function icon(name: IconName, label?: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('viewBox', '0 0 16 16');
  if (label === undefined) svg.setAttribute('aria-hidden', 'true');
  else {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  }
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
