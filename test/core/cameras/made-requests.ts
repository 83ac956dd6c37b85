/** Made with OpenSSL 3: `openssl req -new -key … -subj /CN=made-up-car -sha256`. The private keys are gone. */
export const opensslRequest = `-----BEGIN CERTIFICATE REQUEST-----
MIHQMHgCAQAwFjEUMBIGA1UEAwwLbWFkZS11cC1jYXIwWTATBgcqhkjOPQIBBggq
hkjOPQMBBwNCAASnFddpu+SIMS6VkD1cmOCGDt6/mqoOSugvMu9p5AVemM7QPI+W
aVDeqSwt/F9iZn/e6hf54nX4k8AKFo4rjF1HoAAwCgYIKoZIzj0EAwIDSAAwRQIh
AOUi0oJtk8EPXd/yHM00K+qjdz1INxiZWkU2/exMngaTAiBuTHmoXM0uurCL9O4h
6RcwfgZ1AnTFzWoOrM3o/7cOTQ==
-----END CERTIFICATE REQUEST-----
`;

/** The public key in it, as `openssl ec -pubout` prints it. */
export const opensslPublicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEpxXXabvkiDEulZA9XJjghg7ev5qq
DkroLzLvaeQFXpjO0DyPlmlQ3qksLfxfYmZ/3uoX+eJ1+JPAChaOK4xdRw==
-----END PUBLIC KEY-----
`;

/** Of a P-384 key. */
export const opensslP384Request = `-----BEGIN CERTIFICATE REQUEST-----
MIIBDTCBlQIBADAWMRQwEgYDVQQDDAttYWRlLXVwLWNhcjB2MBAGByqGSM49AgEG
BSuBBAAiA2IABGTfUcJTM9N/T8pqhSmATkGz9JjEZ71U1nfbOIBaCXSzkf5xJZwd
ITUkiVWCw+WD3GzDVRPci7ESYaI70w5cO1I4nrrw9tj/vY+1ZLqkShLovobOSHbl
oYr1hOWmTs4IzKAAMAoGCCqGSM49BAMCA2cAMGQCMGuu1k2Ag+oiZK8P/pSRAf9Q
lkwQDFAwUFLFwVcpuQJDQm3ZP/glJrg2waSBGfOTNAIwUeehX2iOVWPB0pKaSLU9
86fP0Am2vO9fz1uiLbuyMSjuySsIHJdP0ZqBQJIO+Cz5
-----END CERTIFICATE REQUEST-----
`;
