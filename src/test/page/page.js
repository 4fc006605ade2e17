// The modules of the page, for tests.

const PAGE = '../../main/resources/dev/switchback/tools/lab/page';

export const cbor = await import(`${PAGE}/cbor.js`);
export const device = await import(`${PAGE}/device.js`);
export const image = await import(`${PAGE}/image.js`);
export const lab = await import(`${PAGE}/lab.js`);
export const network = await import(`${PAGE}/network.js`);
export const serial = await import(`${PAGE}/serial.js`);
export const sha = await import(`${PAGE}/sha256.js`);
export const smp = await import(`${PAGE}/smp.js`);
