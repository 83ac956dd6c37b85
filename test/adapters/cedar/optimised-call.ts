import { setFlagsFromString } from 'node:v8';
import { keepEngineCallsApart } from '../../../adapters/cedar/steady-engine';

/**
 * A function that the optimiser has compiled calls WebAssembly, and what it was compiled on changes before the call
 * returns an object. Run by itself: where the fault is not kept out, the process dies.
 */
keepEngineCallsApart();
setFlagsFromString('--allow-natives-syntax');

/** `(func (export "g") (param externref) (result externref) (call $callback (local.get 0)) (local.get 0))` */
const module = Buffer.from(
  '0061736d01000000010a0260016f0060016f016f020801016d026362000003020101070501016700010a0a0108002000100020000b',
  'hex',
);

class Known {
  answer(): number {
    return 1;
  }
}

let isChanging = false;
const callback = () => {
  if (isChanging) Known.prototype.answer = () => 2;
};
const call: unknown = new Function(
  'module',
  'callback',
  'known',
  'const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { m: { cb: callback } }); return function call(x) { const same = exports.g(x); return known.answer() + (same === x ? 1 : 0); }',
)(module, callback, new Known());
const native = (code: string): unknown => new Function('call', code)(call);

native('%PrepareFunctionForOptimization(call); for (let at = 0; at < 50; at++) call({});');
native('%OptimizeFunctionOnNextCall(call); call({});');
isChanging = true;
console.log(native('return call({})'));
