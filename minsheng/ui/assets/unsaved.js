// Leaving the page asks first while something is typed that is not staged yet. What is staged is kept by the server.
let typing = false;
let typed = false;
let asks = false;

const FIELD = 'textarea, input[type=text]';

function listen() {
    if (asks) return;
    asks = true;
    document.addEventListener('input', (event) => { if (event.target.matches?.(FIELD)) typing = true; }, true);
    document.addEventListener('focusout', () => { typing = false; }, true); // sent to the server with the focus
    window.addEventListener('beforeunload', (event) => {
        if (typed || typing) event.preventDefault();
    });
}

export default function ({ data: packed }) {
    typed = JSON.parse(new TextDecoder().decode(packed)).typed;
    listen();
    return () => { typed = false; typing = false; };
}
