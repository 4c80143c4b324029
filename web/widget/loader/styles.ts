/**
 * The launcher's looks, inside a shadow root: the website's styles do not reach in, these do not reach out. As a
 * constructed sheet, which a website's content security policy does not forbid as it does a style element.
 */
export const STYLES = `
:host{all:initial;position:fixed;z-index:2147483000;bottom:calc(var(--gap) + env(safe-area-inset-bottom));inset-inline-end:var(--gap)}
:host([data-left]){inset-inline:var(--gap) auto}
button{all:unset;box-sizing:border-box;position:relative;display:grid;place-items:center;width:56px;height:56px;border-radius:50%;cursor:pointer;background:var(--accent);color:#fff;color:lch(from var(--accent) calc((49.44 - l)*infinity) 0 0);box-shadow:0 1px 2px rgb(0 0 0/.2),0 6px 20px rgb(0 0 0/.22);transition:transform .12s}
button:hover{transform:scale(1.04)}
button:focus-visible{outline:3px solid var(--accent);outline-offset:3px;box-shadow:0 0 0 3px #fff}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.n{position:absolute;top:-4px;inset-inline-end:-4px;box-sizing:border-box;min-width:22px;height:22px;padding:0 6px;border-radius:11px;border:2px solid #fff;background:#a82317;color:#fff;font:600 12px/18px system-ui,sans-serif;text-align:center}
.p{position:absolute;bottom:72px;inset-inline-end:0;width:min(392px,calc(100vw - 2*var(--gap)));height:min(640px,calc(100dvh - 112px - env(safe-area-inset-bottom)));border-radius:14px;overflow:hidden;background:Canvas;color:CanvasText;color-scheme:light dark;box-shadow:0 0 0 1px light-dark(rgb(0 0 0/.1),rgb(255 255 255/.16)),0 12px 40px rgb(0 0 0/.24);animation:in .12s ease-out}
:host([data-left]) .p{inset-inline:0 auto}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:auto}
p{position:absolute;inset:0;margin:0;padding:32px;display:grid;place-items:center;text-align:center;font:15px/22px system-ui,sans-serif}
[hidden]{display:none!important}
@keyframes in{from{opacity:0;transform:translateY(8px)}}
@media (max-width:480px){.p{position:fixed;inset:0!important;width:auto;height:auto;border-radius:0}button[aria-expanded=true]{visibility:hidden}}
@media (prefers-reduced-motion:reduce){.p{animation:none}button{transition:none}}
@media print{:host{display:none}}
`;
