export { findAsciinema, findNginx, ORIGINAL_SIZE, startOriginalCase } from '../../scripts/lib/originalCase.mjs';
